#include "client/model/token_keeper.h"

#include "client/model/log.h"

#include <QUuid>

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
    placeOf(*token).read(keyOf(m_profile.server, token->id),
                         [this, token, given](const auto& secret) { onRead(*token, secret, given); });
}

void TokenKeeper::onRead(const KeptToken& token, const std::optional<QByteArray>& secret,
                         const QByteArray& given)
{
    if (!secret) {
        qCWarning(modelLog) << "the token of this server could not be read from where it was kept";
        return useGiven(given);
    }
    if (token.inKeychain)
        m_access.setKept(Access::Kept::Keychain);
    else
        m_access.setKept(Access::Kept::File, m_places.files.pathOf(keyOf(m_profile.server, token.id)));
    m_access.resume(*secret, protocol::valueOf(protocol::roleNames, token.role));
    emit ready();
}

void TokenKeeper::useGiven(const QByteArray& given)
{
    if (!given.isEmpty() || m_profile.token)
        m_access.resume(given, std::nullopt);
    emit ready();
}

void TokenKeeper::keep(const QByteArray& token, const Self& self)
{
    m_profiles.reload(); // another dashboard may have given it another name
    const std::optional<Profile> known = m_profiles.find(m_profile.name);
    if (known ? known->server != m_profile.server : !m_profile.isValid())
        return m_access.setKept(Access::Kept::Nowhere);
    const QString id = known && known->token ? known->token->id : QUuid::createUuid().toString(QUuid::Id128);
    const KeptToken kept{id, true, protocol::nameOf(protocol::roleNames, self.role)};
    if (!m_places.keychain)
        return keepInFile(kept, token);
    m_places.keychain->write(keyOf(m_profile.server, id), token, [this, kept, token](bool done) {
        if (!done)
            return keepInFile(kept, token);
        m_places.files.remove(keyOf(m_profile.server, kept.id)); // of a time without a keychain
        m_access.setKept(Access::Kept::Keychain);
        note(kept);
    });
}

void TokenKeeper::keepInFile(const KeptToken& as, const QByteArray& token)
{
    const QString key = keyOf(m_profile.server, as.id);
    m_places.files.write(key, token, [this, as, key](bool done) {
        if (!done)
            return m_access.setKept(Access::Kept::Nowhere);
        m_access.setKept(Access::Kept::File, m_places.files.pathOf(key));
        note({as.id, false, as.role});
    });
}

void TokenKeeper::note(const KeptToken& kept)
{
    m_profiles.reload();
    Profile profile = stored().value_or(m_profile);
    profile.token = kept;
    m_profiles.store(profile, m_profiles.find(profile.name) ? profile.name : QString());
}

void TokenKeeper::forget()
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
    SecretStore& place = placeOf(*profile.token);
    m_goes.insert(id);
    place.read(key, [this, id, key, &place](const std::optional<QByteArray>& secret) {
        if (!m_goes.remove(id))
            return; // it is wanted again
        if (secret)
            m_takenAway.insert(id, *secret);
        place.remove(key);
    });
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
