#pragma once

#include "server/store/writing/transaction.h"
#include "shared/protocol/error.h"

#include <map>
#include <mutex>
#include <tuple>

namespace prism::service {

/// Who was refused something.
struct Refused
{
    QString tokenId; ///< empty where nobody signed in
    QString address;
    QByteArray share; ///< with which addresses it is one
    protocol::ErrorCode code;
    QString request; ///< what they asked for
};

/// What was refused since that was last written down: folded by who it was, and why. Used from any thread.
class Refusals
{
public:
    using Key = std::tuple<QString, QByteArray, protocol::ErrorCode>; ///< token, share, why
    using Folded = std::map<Key, store::AuditEntry>;

    void note(const Refused& refused, protocol::Timestamp now);

    /// What is due: everything, once a minute has passed since the first of it.
    Folded takeDue(protocol::Timestamp now);

    /// All that is there.
    Folded takeAll();

    static protocol::Result<void> write(store::Transaction& transaction, const Folded& refused);

    /// What could not be written is due again, together with what came since.
    void putBack(const Folded& refused);

private:
    std::mutex m_mutex;
    Folded m_entries;
    protocol::Timestamp m_first{};
};

} // namespace prism::service
