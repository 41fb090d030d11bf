#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <chrono>
#include <list>
#include <mutex>
#include <optional>

namespace prism::service {

/// What stands for a token in an address, where no header can be sent: good once, and for half a minute.
/// Nobody keeps them longer than the server runs. Used from any thread.
class Tickets
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::seconds lifetime{30};

    /// By what somebody signed in who asks for one.
    struct Holder
    {
        QString token;         ///< its id; empty where nobody has to sign in
        QByteArray secretHash; ///< of the secret that was sent
    };

    /// A new one, which is told to nobody else. Quota when this token, or all of them, have as many as they
    /// may that were not used.
    protocol::Result<QByteArray> make(const Holder& holder, Clock::time_point now = Clock::now());

    /// Whose it is, once; nothing where there is no such, it was used, or its time is over.
    std::optional<Holder> take(const QByteArray& ticket, Clock::time_point now = Clock::now());

private:
    struct Place
    {
        QByteArray hash; ///< of the ticket
        Holder holder;
        Clock::time_point until;
    };
    using Places = std::list<Place>;

    void forgetOld(Clock::time_point now);
    Holder remove(Places::iterator place);

    std::mutex m_mutex;
    Places m_places; ///< the oldest first
    QHash<QByteArray, Places::iterator> m_byHash;
    QHash<QString, int> m_ofTokens; ///< how many each has
};

} // namespace prism::service
