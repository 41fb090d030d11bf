#include "client/model/profile_store.h"

#include <QCryptographicHash>

#include <algorithm>

namespace prism::model {

namespace {

const QLatin1String listKey("profiles"), nameKey("name"), serverKey("server");

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

bool Profile::isValid() const
{
    return !name.isEmpty() && name == name.simplified() && name.size() <= longestName && isServer(server);
}

ProfileStore::ProfileStore(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(file, QSettings::IniFormat)
{
    load();
}

void ProfileStore::load()
{
    const int count = m_store.beginReadArray(listKey);
    for (int i = 0; i < count; ++i) {
        m_store.setArrayIndex(i);
        const Profile profile{m_store.value(nameKey).toString(), QUrl(m_store.value(serverKey).toString())};
        if (profile.isValid() && !find(profile.name))
            m_profiles.append(profile);
    }
    m_store.endArray();
    if (m_profiles.isEmpty())
        m_profiles.append({QStringLiteral("local"), QUrl(QStringLiteral("http://127.0.0.1:3000"))});
}

void ProfileStore::save()
{
    m_store.remove(listKey);
    m_store.beginWriteArray(listKey);
    for (int i = 0; i < m_profiles.size(); ++i) {
        m_store.setArrayIndex(i);
        m_store.setValue(nameKey, m_profiles[i].name);
        m_store.setValue(serverKey, m_profiles[i].server.toString());
    }
    m_store.endArray();
    m_store.sync();
    emit changed();
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
        if (known && server)
            known->server = *server; // for this time
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
    const bool renamed = profile.name != former;
    if (!profile.isValid() || (renamed && find(profile.name)))
        return false;
    const auto place = std::ranges::find(m_profiles, former, &Profile::name);
    if (place == m_profiles.end())
        m_profiles.append(profile);
    else
        *place = profile;
    save();
    return true;
}

bool ProfileStore::remove(const QString& name)
{
    const auto found = std::ranges::find(m_profiles, name, &Profile::name);
    if (found == m_profiles.end() || m_profiles.size() == 1)
        return false;
    m_profiles.erase(found);
    save();
    return true;
}

} // namespace prism::model
