#pragma once

#include "client/model/access.h"
#include "client/model/file_secrets.h"
#include "client/model/profile_store.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <optional>

namespace prism::model {

/// Keeps the token of a window's profile for its next run, in the desktop's keychain or, where that does not
/// take it, in a file; and takes away what belongs to profiles that are removed, as long as nobody wants them
/// back. Borrows everything it is given. Lives on the GUI thread.
class TokenKeeper : public QObject
{
    Q_OBJECT

public:
    struct Places
    {
        SecretStore* keychain; ///< null where there is none
        FileSecrets& files;
        /// How long a keychain may take to find a token: it may be asking the person.
        std::chrono::milliseconds patience{30'000};
    };

    /// From then on nothing is asked before begin(), where the profile has a token.
    TokenKeeper(const Profile& profile, ProfileStore& profiles, Access& access, const Places& places,
                QObject* parent = nullptr);

    /// Signs in by what is kept, or else by `given`, which is not kept. Before anything is asked.
    void begin(const QByteArray& given);

    /// Waits, but no longer than this, until what is being kept is kept and what is taken away is gone. For
    /// the end of a run.
    void settle(std::chrono::milliseconds patience);

signals:
    /// There is a token, or none to be had.
    void ready();
    /// Nothing is being kept or taken away any more.
    void settled();

private:
    /// A token that is on its way to where it is kept.
    struct Writing
    {
        KeptToken as;
        int turn;   ///< who signed in or out after that wants it no more
        bool isNew; ///< the profile was not stored when it began
    };

    SecretStore& placeOf(const KeptToken& token) const;
    void onRead(const KeptToken& token, const std::optional<QByteArray>& secret, const QByteArray& given);
    void useGiven(const QByteArray& given);
    void keep(const QByteArray& token, const Self& self);
    void write(const Writing& what, const QByteArray& token);
    void onWritten(const Writing& what, const QByteArray& token, bool done);
    bool note(const Writing& what);
    void forget();
    void dropToken();
    bool finishReading();
    void tellPlace(const KeptToken& token);
    void onAccess();
    void takeAway(const Profile& profile);
    void remove(const KeptToken& token, const QUrl& server);
    void noteDone();
    void bringBack(const Profile& profile);
    std::optional<Profile> stored() const;

    Profile m_profile; ///< as it was at the start, but for its name
    ProfileStore& m_profiles;
    Access& m_access;
    const Places m_places;
    QTimer m_patience;
    bool m_isReading = false;
    int m_turn = 0;                         ///< how often somebody has signed in or out
    QHash<QString, QByteArray> m_takenAway; ///< by the token's id
    QSet<QString> m_goes;                   ///< is being taken away
    bool m_isForgetting = false;            ///< for good: nobody wants it back
    int m_underWay = 0;                     ///< what the places have not answered yet
};

} // namespace prism::model
