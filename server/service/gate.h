#pragma once

#include "server/rules/judge.h"
#include "server/rules/rule_book.h"
#include "server/service/checks.h"

namespace prism::service {

/// What the gate is asked: what somebody intends, and who they are.
struct GateQuestion
{
    rules::Intent intent;
    protocol::Check context; ///< who asks, and for what: no more of it counts
};

/// The gate's answer, and the check that it is kept as.
struct GateVerdict
{
    Checks::NewOnes check; ///< one
    QByteArray judgement;  ///< as JSON
};

/// A verdict that was stored.
struct KeptVerdict
{
    QByteArray check;     ///< as JSON
    QByteArray judgement; ///< as JSON

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.check, self.judgement);
    }
};

/// How an intent is judged by the rules and the verdict kept.
class Gate
{
public:
    /// Judges by these rules. On any thread, before the writer's turn.
    static protocol::Result<GateVerdict> judge(const rules::Edition& edition, const GateQuestion& question,
                                               const rules::Policy& policy);

    /// On the writer's thread.
    static protocol::Result<KeptVerdict> keep(store::Transaction& transaction, const Actor& actor,
                                              const GateVerdict& verdict);
};

} // namespace prism::service
