#pragma once

#include "server/service/pairings.h"
#include "server/service/tokens.h"

namespace prism::service {

/// Whom an admin lets in, and as what.
struct Approval
{
    QByteArray key; ///< tells it from others of the same code
    QString code;
    protocol::Role role = protocol::Role::Viewer;
    protocol::Reach reach = {};
    std::chrono::days life{365};
};

/// Reads {code, role, projects?, expiresInDays?}.
Approval readApproval(protocol::ObjectReader& reader);

/// How a dashboard that waits is given its token. On the writer's thread; `waiting` outlives it.
class Pairing
{
public:
    Pairing(Pairings& waiting, const Tokens& tokens)
        : m_waiting(waiting)
        , m_tokens(tokens)
    {
    }

    /// Makes the token of the dashboard that waits with this code. {id, name, role, address}: it is told to
    /// that dashboard alone. NotFound; Quota.
    protocol::Result<Encoded> approve(store::Transaction& transaction, const Actor& actor,
                                      const Approval& approval) const;

private:
    Pairings& m_waiting;
    const Tokens m_tokens;
};

} // namespace prism::service
