#include "client/model/token_keeper.h"

#include "client/model/log.h"

#include <QEventLoop>
#include <QPointer>
#include <QUuid>

#include <utility>

namespace prism::model {

namespace {

/// A server's name stands in it, so that no token goes to another one, whatever the profile says.
QString keyOf(const QUrl& server, const QString& id)
{
    return QStringLiteral("%1 %2").arg(server.adjusted(QUrl::RemoveUserInfo).toString(), id);
}

} // namespace

TokenKeeper::TokenKeeper(const Profile& profile, ProfileStore& profiles, Access& access, const Places& places,
                         QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_profiles(profiles)
    , m_access(access)
    , m_places(places)
{
    if (profile.token)
        access.hold();
    m_patience.setSingleShot(true);
    connect(&access, &Access::signedIn, this, &TokenKeeper::keep);
    connect(&access, &Access::signedOut, this, &TokenKeeper::forget);
    connect(&access, &Access::changed, this, &TokenKeeper::onAccess);
    connect(&profiles, &ProfileStore::renamed, this, [this](const QString& from, const QString& to) {
        if (from == m_profile.name)
            m_profile.name = to;
    });
    connect(&profiles, &ProfileStore::tokenDropped, this, &TokenKeeper::takeAway);
    connect(&profiles, &ProfileStore::tokenBack, this, &TokenKeeper::bringBack);
}

/// Nobody's, where the profile is another server's by now.
std::optional<Profile> TokenKeeper::stored() const
{
    const std::optional<Profile> profile = m_profiles.find(m_profile.name);
    return profile && profile->server == m_profile.server ? profile : std::nullopt;
}

SecretStore& TokenKeeper::placeOf(const KeptToken& token) const
{
    return token.inKeychain && m_places.keychain ? *m_places.keychain : m_places.files;
}

void TokenKeeper::begin(const QByteArray& given)
{
    const std::optional<KeptToken> token = m_profile.token;
    if (!token)
        return useGiven(given);
    m_isReading = true;
    connect(&m_patience, &QTimer::timeout, this, [this, given] { onRead({}, std::nullopt, given); });
    m_patience.start(m_places.patience);
    placeOf(*token).read(keyOf(m_profile.server, token->id),
                         [self = QPointer(this), token, given](const auto& secret) {
                             if (self)
                                 self->onRead(*token, secret, given);
                         });
}

bool TokenKeeper::finishReading()
{
    m_patience.stop();
    return std::exchange(m_isReading, false);
}

void TokenKeeper::onRead(const KeptToken& token, const std::optional<QByteArray>& secret,
                         const QByteArray& given)
{
    if (!finishReading())
        return; // it is too late, or somebody has signed in or out meanwhile
    if (!secret) {
        qCWarning(modelLog) << "the token of this server could not be read from where it was kept";
        return useGiven(given);
    }
    tellPlace(token);
    m_access.resume(*secret, protocol::valueOf(protocol::roleNames, token.role));
    emit ready();
}

void TokenKeeper::useGiven(const QByteArray& given)
{
    if (!given.isEmpty() || m_profile.token)
        m_access.resume(given, std::nullopt);
    emit ready();
}

void TokenKeeper::tellPlace(const KeptToken& token)
{
    if (token.inKeychain)
        m_access.setKept(Access::Kept::Keychain);
    else
        m_access.setKept(Access::Kept::File, m_places.files.pathOf(keyOf(m_profile.server, token.id)));
}

void TokenKeeper::keep(const QByteArray& token, const Self& self)
{
    const int turn = ++m_turn;
    if (finishReading())
        emit ready();
    m_profiles.reload(); // another dashboard may have given it another name
    const std::optional<Profile> known = m_profiles.find(m_profile.name);
    if (known ? known->server != m_profile.server : !m_profile.isValid())
        return m_access.setKept(Access::Kept::Nowhere);
    // By a name of its own, so that what becomes of it is nothing to the one of before.
    const KeptToken as{QUuid::createUuid().toString(QUuid::Id128), m_places.keychain != nullptr,
                       protocol::nameOf(protocol::roleNames, self.role)};
    write({as, turn, !known}, token);
}

void TokenKeeper::write(const Writing& what, const QByteArray& token)
{
    ++m_underWay;
    placeOf(what.as).write(keyOf(m_profile.server, what.as.id), token,
                           [self = QPointer(this), what, token](bool done) {
                               if (!self)
                                   return;
                               self->onWritten(what, token, done);
                               self->noteDone();
                           });
}

void TokenKeeper::onWritten(const Writing& what, const QByteArray& token, bool done)
{
    const bool isWanted = what.turn == m_turn;
    if (isWanted && done && note(what))
        return tellPlace(what.as);
    remove(what.as, m_profile.server); // or what there is of it
    if (!isWanted)
        return;
    if (!done && what.as.inKeychain)
        return write({{what.as.id, false, what.as.role}, what.turn, what.isNew}, token);
    m_access.setKept(Access::Kept::Nowhere);
    dropToken(); // another one's than who is signed in
}

/// Only with the profile that there was, which somebody may have removed or changed while it was written.
bool TokenKeeper::note(const Writing& what)
{
    m_profiles.reload();
    std::optional<Profile> profile = stored();
    const bool isNew = !profile && what.isNew && !m_profiles.find(m_profile.name);
    if (isNew)
        profile = m_profile;
    if (!profile)
        return false;
    profile->token = what.as;
    return m_profiles.store(*profile, isNew ? QString() : profile->name);
}

void TokenKeeper::forget()
{
    ++m_turn;
    if (finishReading())
        emit ready();
    m_isForgetting = true;
    dropToken();
    m_isForgetting = false;
}

void TokenKeeper::dropToken()
{
    m_profiles.reload();
    std::optional<Profile> profile = stored();
    if (!profile || !profile->token)
        return;
    profile->token.reset();
    m_profiles.store(*profile, profile->name); // which tells that the token is dropped
}

/// The next run begins with what was offered in this one.
void TokenKeeper::onAccess()
{
    std::optional<Profile> profile = stored();
    if (!profile || !profile->token || !m_access.self() || m_access.kept() == Access::Kept::Nowhere)
        return;
    const QString role = protocol::nameOf(protocol::roleNames, m_access.self()->role);
    if (profile->token->role == role)
        return;
    m_profiles.reload();
    profile = stored();
    if (!profile || !profile->token)
        return;
    profile->token->role = role;
    m_profiles.store(*profile, profile->name);
}

void TokenKeeper::takeAway(const Profile& profile)
{
    const QString id = profile.token->id;
    const QString key = keyOf(profile.server, id);
    if (m_isForgetting)
        return remove(*profile.token, profile.server);
    SecretStore& place = placeOf(*profile.token);
    m_goes.insert(id);
    ++m_underWay;
    place.read(key, [self = QPointer(this), profile, key, &place](const std::optional<QByteArray>& secret) {
        if (!self)
            return place.remove(key, [] {});
        if (self->m_goes.remove(profile.token->id)) { // else it is wanted again
            if (secret)
                self->m_takenAway.insert(profile.token->id, *secret);
            self->remove(*profile.token, profile.server);
        }
        self->noteDone();
    });
}

void TokenKeeper::remove(const KeptToken& token, const QUrl& server)
{
    ++m_underWay;
    placeOf(token).remove(keyOf(server, token.id), [self = QPointer(this)] {
        if (self)
            self->noteDone();
    });
}

void TokenKeeper::noteDone()
{
    if (--m_underWay == 0)
        emit settled();
}

void TokenKeeper::settle(std::chrono::milliseconds patience)
{
    if (m_underWay == 0)
        return;
    QEventLoop loop;
    connect(this, &TokenKeeper::settled, &loop, &QEventLoop::quit);
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeUserInputEvents);
}

void TokenKeeper::bringBack(const Profile& profile)
{
    const QString id = profile.token->id;
    if (m_goes.remove(id) || !m_takenAway.contains(id))
        return;
    placeOf(*profile.token).write(keyOf(profile.server, id), m_takenAway.take(id), [](bool done) {
        if (!done)
            qCWarning(modelLog) << "a token could not be kept again";
    });
}

} // namespace prism::model
