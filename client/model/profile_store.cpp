#include "client/model/profile_store.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

namespace prism::model {

namespace {

const QLatin1String listKey("profiles"), profileNameKey("name"), serverKey("server");
const QLatin1String certificateKey("certificate"), tokenKey("token"), keptKey("tokenKept"), roleKey("role"),
    keychainWord("keychain"), fileWord("file");

} // namespace

QString Profile::key() const
{
    constexpr int length = 16;
    return QString::fromLatin1(
        QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex().left(length));
}

QString Profile::address() const
{
    QUrl plain = server;
    plain.setUserInfo({});
    return plain.authority();
}

bool Profile::isServer(const QUrl& url)
{
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return url.isValid() && web && !url.host().isEmpty();
}

bool Profile::namesMore(const QUrl& url)
{
    return url.path().size() > 1 || url.hasQuery() || url.hasFragment();
}

bool Profile::isValid() const
{
    return !name.isEmpty() && name == name.simplified() && name.size() <= longestName && isServer(server) &&
           !namesMore(server);
}

ProfileStore::ProfileStore(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(file, QSettings::IniFormat)
    , m_lock(file + QStringLiteral(".change.lock")) // Qt itself takes FILE.lock while it writes
    , m_profiles(read())
{
}

QList<Profile> ProfileStore::read()
{
    m_store.sync();
    QList<Profile> profiles;
    const int count = m_store.beginReadArray(listKey);
    for (int i = 0; i < count; ++i) {
        m_store.setArrayIndex(i);
        Profile profile{m_store.value(profileNameKey).toString(), QUrl(m_store.value(serverKey).toString())};
        if (const QString id = m_store.value(tokenKey).toString(); !id.isEmpty())
            profile.token = KeptToken{id, m_store.value(keptKey).toString() != fileWord,
                                      m_store.value(roleKey).toString()};
        profile.certificate = QByteArray::fromHex(m_store.value(certificateKey).toByteArray());
        const bool known = std::ranges::find(profiles, profile.name, &Profile::name) != profiles.end();
        if (profile.isValid() && !known)
            profiles.append(profile);
    }
    m_store.endArray();
    if (profiles.isEmpty())
        profiles.append({QStringLiteral("local"), QUrl(QStringLiteral("http://127.0.0.1:3000"))});
    return profiles;
}

void ProfileStore::reload()
{
    const QList<Profile> before = std::exchange(m_profiles, read());
    const QList<Profile> now = m_profiles; // whoever is told may change them
    tellOfNames(before, now);
    if (now != before)
        emit changed();
}

bool ProfileStore::change(const std::function<bool()>& change)
{
    // Where nothing can be locked, or somebody does not give the lock back, a change still is better made.
    constexpr int patience = 2'000;
    const bool locked = m_lock.tryLock(patience);
    const QList<Profile> before = std::exchange(m_profiles, read());
    const QList<Profile> found = m_profiles;
    const bool done = change();
    const QList<Profile> now = m_profiles; // whoever is told may change them
    if (done)
        write();
    if (locked)
        m_lock.unlock();
    tellOfNames(before, found);
    tellOfNames(found, now);
    if (done || now != before)
        emit changed();
    if (done)
        tellOfTokens(before, now);
    return done;
}

/// The file does not say who was called what before: it is who stands in the same place, at the same server.
void ProfileStore::tellOfNames(const QList<Profile>& before, const QList<Profile>& after)
{
    const auto has = [](const QList<Profile>& profiles, const QString& name) {
        return std::ranges::find(profiles, name, &Profile::name) != profiles.end();
    };
    if (before.size() != after.size())
        return;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (before[i].server == after[i].server && !has(after, before[i].name) && !has(before, after[i].name))
            emit renamed(before[i].name, after[i].name);
    }
}

void ProfileStore::tellOfTokens(const QList<Profile>& before, const QList<Profile>& now)
{
    const auto has = [](const QList<Profile>& profiles, const Profile& wanted) {
        return std::ranges::any_of(profiles, [&](const Profile& profile) {
            return profile.token && profile.token->id == wanted.token->id && profile.server == wanted.server;
        });
    };
    for (const Profile& profile : before) {
        if (profile.token && !has(now, profile))
            emit tokenDropped(profile);
    }
    for (const Profile& profile : now) {
        if (profile.token && !has(before, profile))
            emit tokenBack(profile);
    }
}

void ProfileStore::write()
{
    m_store.remove(listKey);
    m_store.beginWriteArray(listKey);
    for (int i = 0; i < m_profiles.size(); ++i) {
        m_store.setArrayIndex(i);
        m_store.setValue(profileNameKey, m_profiles[i].name);
        m_store.setValue(serverKey, m_profiles[i].server.toString());
        if (!m_profiles[i].certificate.isEmpty())
            m_store.setValue(certificateKey, QString::fromLatin1(m_profiles[i].certificate.toHex()));
        if (const std::optional<KeptToken>& token = m_profiles[i].token) {
            m_store.setValue(tokenKey, token->id);
            m_store.setValue(keptKey, QString(token->inKeychain ? keychainWord : fileWord));
            m_store.setValue(roleKey, token->role);
        }
    }
    m_store.endArray();
    m_store.sync();
}

std::optional<Profile> ProfileStore::find(const QString& name) const
{
    const auto found = std::ranges::find(m_profiles, name, &Profile::name);
    return found == m_profiles.end() ? std::nullopt : std::optional(*found);
}

std::optional<Profile> ProfileStore::choose(const QString& name, const std::optional<QUrl>& server)
{
    if (!name.isEmpty()) {
        std::optional<Profile> known = find(name);
        if (known && server && known->server != *server) {
            known->server = *server; // for this time
            known->token.reset();
            known->certificate.clear();
        }
        if (known || !server)
            return known;
        const Profile fresh{name, *server};
        return store(fresh) ? std::optional(fresh) : std::nullopt;
    }
    if (!server)
        return m_profiles.constFirst();
    const auto same = std::ranges::find(m_profiles, *server, &Profile::server);
    return same == m_profiles.end() ? Profile{Profile{{}, *server}.address(), *server} : *same;
}

bool ProfileStore::store(const Profile& profile, const QString& former)
{
    return change([&] {
        const bool renamed = profile.name != former;
        if (!profile.isValid() || (renamed && find(profile.name)))
            return false;
        const auto place = std::ranges::find(m_profiles, former, &Profile::name);
        if (place == m_profiles.end()) {
            m_profiles.append(profile);
            return true;
        }
        const Profile before = std::exchange(*place, profile);
        if (before.token == profile.token && before.server != profile.server)
            place->token.reset();
        if (before.certificate == profile.certificate && before.server != profile.server)
            place->certificate.clear();
        return true;
    });
}

bool ProfileStore::remove(const QString& name)
{
    return change([&] {
        return m_profiles.size() > 1 &&
               m_profiles.removeIf([&](const Profile& profile) { return profile.name == name; }) > 0;
    });
}

bool ProfileStore::restore(const Profile& profile, qsizetype place)
{
    return change([&] {
        if (!profile.isValid() || find(profile.name))
            return false;
        m_profiles.insert(std::clamp<qsizetype>(place, 0, m_profiles.size()), profile);
        return true;
    });
}

} // namespace prism::model
