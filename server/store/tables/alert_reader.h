#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/time_page.h"
#include "shared/protocol/alert.h"
#include "shared/protocol/gate_state.h"
#include "shared/protocol/reach.h"

namespace prism::store {

/// Which alerts a list is to contain.
struct AlertQuery : TimePage
{
    std::optional<protocol::AlertKind> kind;
    std::optional<protocol::AlertSeverity> severity;
    std::optional<protocol::AlertState> state;
    QString metric; ///< any when empty
    std::optional<bool> acknowledged;
    QStringList projects = {}; ///< those of gates of these alone; any when empty
};

struct AlertPage
{
    QList<protocol::Alert> alerts;
    std::optional<TimeCursor> next; ///< nothing at the end
};

/// Reads what was out of the ordinary, and who has seen it. Lives on its connection's thread.
class AlertReader
{
public:
    explicit AlertReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// NotFound, also where it is beyond the reach of who asks: of another project, or of the server as a
    /// whole.
    Result<protocol::Alert> find(const QString& id, const protocol::Reach& reach = {});

    /// The one of this kind that was raised last; those of an older program, which did not last, aside.
    Result<std::optional<protocol::Alert>> last(protocol::AlertKind kind);

    /// The same of this gate.
    Result<std::optional<protocol::Alert>> last(const protocol::GateName& gate);

    /// Those of gates that are not over.
    Result<QList<protocol::Alert>> lastingOfGates();

    Result<AlertPage> list(const AlertQuery& query);

protected:
    Result<std::optional<protocol::Alert>> stored(const QString& id);

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
