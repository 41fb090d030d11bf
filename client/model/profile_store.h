#pragma once

#include <QList>
#include <QLockFile>
#include <QObject>
#include <QSettings>
#include <QUrl>

#include <functional>
#include <optional>

namespace prism::model {

/// That somebody is signed in at a profile's server, and where to find the token by which; not the token.
struct KeptToken
{
    QString id;             ///< no secret
    bool inKeychain = true; ///< else in a file
    QString role = {};      ///< as it was last known; empty for none

    bool operator==(const KeptToken&) const = default;
};

/// A server that somebody looks at, under the name that person gave it.
struct Profile
{
    static constexpr int longestName = 40;

    QString name;
    QUrl server; ///< scheme, host and port
    std::optional<KeptToken> token = {};
    QByteArray certificate =
        {}; ///< the SHA-256 of the only one that is trusted; empty: those of this computer

    bool operator==(const Profile&) const = default;

    /// For the names of files and settings that belong to it.
    QString key() const;

    /// The server's host and port, as a person reads them.
    QString address() const;

    bool isValid() const;
    /// Of the web, with a host.
    static bool isServer(const QUrl& url);
    /// It leads further than to a server: nothing of what follows host and port would be used.
    static bool namesMore(const QUrl& url);
};

/// The profiles there are, kept in a file that several dashboards may use at once: every change is made to
/// what the file says by then, under a lock beside it. There is always one. Lives on the GUI thread.
class ProfileStore : public QObject
{
    Q_OBJECT

public:
    /// `file` is an INI file, which need not exist yet.
    explicit ProfileStore(const QString& file, QObject* parent = nullptr);

    QList<Profile> profiles() const { return m_profiles; }
    /// What other dashboards have changed.
    void reload();
    std::optional<Profile> find(const QString& name) const;

    /// The one that was asked for by name, by server, by both, or (empty and nothing) by neither. A new name
    /// together with a server is stored; a server without a name is shown under its address unless it is some
    /// profile's. Nothing when the name is unknown and there is no server.
    std::optional<Profile> choose(const QString& name, const std::optional<QUrl>& server);

    /// Adds it, or puts it in the place of the one called `former`. False, and nothing is changed, when it is
    /// not valid or its name is another one's. To another server neither token nor
    /// certificate go with it.
    bool store(const Profile& profile, const QString& former = {});
    /// False when it is not there, or the last one.
    bool remove(const QString& name);
    /// Back where it was, counted from 0. False when its name is another one's by now.
    bool restore(const Profile& profile, qsizetype place);

signals:
    void changed();
    /// A profile has another name, by this dashboard or another one; before changed().
    void renamed(const QString& from, const QString& to);
    /// The profile as it was, by which nobody signs in any more.
    void tokenDropped(const prism::model::Profile& profile);
    /// Somebody took that back.
    void tokenBack(const prism::model::Profile& profile);

private:
    bool change(const std::function<bool()>& change);
    QList<Profile> read();
    void write();
    void tellOfNames(const QList<Profile>& before, const QList<Profile>& after);
    void tellOfTokens(const QList<Profile>& before, const QList<Profile>& now);

    QSettings m_store;
    QLockFile m_lock;
    QList<Profile> m_profiles;
};

} // namespace prism::model
