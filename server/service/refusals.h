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
    protocol::ErrorCode code;
    QString request; ///< what they asked for
};

/// What was refused since that was last written down: folded by who it was, and why. Used from any thread.
class Refusals
{
public:
    void note(const Refused& refused, protocol::Timestamp now);

    /// What is due: everything, once a minute has passed since the first of it.
    std::vector<store::AuditEntry> takeDue(protocol::Timestamp now);

    /// All that is there.
    std::vector<store::AuditEntry> takeAll();

    static protocol::Result<void> write(store::Transaction& transaction,
                                        const std::vector<store::AuditEntry>& entries);

private:
    using Key = std::tuple<QString, QString, protocol::ErrorCode>; ///< token, address, why

    std::mutex m_mutex;
    std::map<Key, store::AuditEntry> m_entries;
    protocol::Timestamp m_first{};
};

} // namespace prism::service
