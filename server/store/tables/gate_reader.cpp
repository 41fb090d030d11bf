#include "server/store/tables/gate_reader.h"

#include "server/store/tables/filter.h"
#include "shared/protocol/try.h"

namespace prism::store {

using protocol::CheckStatus;
using protocol::GateName;
using protocol::GateState;
using protocol::toMillis;

namespace {

QByteArray gateColumns()
{
    return "project, gate, branch, status, since, streak, newest_at, check_id, commit_id, url, \"user\", "
           "last_pass";
}

GateState readGate(const Rows& rows)
{
    GateState gate;
    gate.name = {rows.text(0), rows.text(1)};
    gate.branch = rows.text(2);
    gate.status = protocol::checkStatusFromString(rows.text(3)).value_or(CheckStatus::Pass);
    gate.since = protocol::fromMillis(rows.integer(4));
    gate.streak = rows.integer(5);
    gate.timestamp = protocol::fromMillis(rows.integer(6));
    gate.checkId = rows.text(7);
    gate.commit = rows.text(8);
    gate.url = rows.text(9);
    gate.user = rows.text(10);
    if (!rows.isNull(11))
        gate.lastPass = protocol::fromMillis(rows.integer(11));
    return gate;
}

} // namespace

Result<GatePage> GateReader::list(const GateQuery& query, protocol::Timestamp now)
{
    Filter filter;
    filter.add("forgotten = 0", {});
    if (query.status)
        filter.add("status = ?", {toString(*query.status)});
    filter.addProjects(query.projects);
    if (query.after)
        filter.add("(project > ? OR (project = ? AND gate > ?))",
                   {query.after->project, query.after->project, query.after->gate});
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT " + gateColumns() + " FROM gates" +
                                                        filter.where() + " ORDER BY project, gate LIMIT ?",
                                                    filter.values({query.limit + 1})));
    GatePage page;
    PageRoom room(query.bytes);
    GateName last;
    while (rows.next()) {
        GateState gate = readGate(rows);
        gate.isStale = gate.timestamp + protocol::gateStaleAfter < now;
        const QByteArray json = encode(gate);
        if (page.gates.size() == query.limit || !room.take(json.size())) {
            page.next = last;
            return page;
        }
        page.gates.append(json);
        last = gate.name;
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return page;
}

Result<void> GateReader::forEach(const QStringList& projects, bool blocked, const Each& each)
{
    Filter filter;
    filter.add("forgotten = 0", {});
    filter.add(blocked ? "status = 'BLOCKED'" : "status <> 'BLOCKED'", {});
    filter.addProjects(projects);
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT " + gateColumns() + " FROM gates" +
                                                        filter.where() + " ORDER BY project, gate",
                                                    filter.values({})));
    while (rows.next()) {
        if (!each(readGate(rows)))
            return {};
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

Result<std::optional<GateState>> GateReader::find(const GateName& name)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT " + gateColumns() +
                                                        " FROM gates WHERE project = ? AND gate = ? AND "
                                                        "forgotten = 0",
                                                    {name.project, name.gate}));
    return rows.next() ? std::optional(readGate(rows)) : std::nullopt;
}

Result<QList<GateState>> GateReader::blockedSince(protocol::Timestamp since)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT " + gateColumns() +
                                                        " FROM gates WHERE status = 'BLOCKED' AND since <= ? "
                                                        "AND live <> 0 AND forgotten = 0",
                                                    {toMillis(since)}));
    QList<GateState> gates;
    while (rows.next())
        gates.append(readGate(rows));
    if (const auto error = rows.error())
        return Failure(*error);
    return gates;
}

Result<std::optional<protocol::Timestamp>> GateReader::nextBlockedAfter(protocol::Timestamp time)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT since FROM gates WHERE status = 'BLOCKED' AND "
                                                    "since > ? AND live <> 0 AND forgotten = 0 "
                                                    "ORDER BY since LIMIT 1",
                                                    {toMillis(time)}));
    return rows.next() ? std::optional(protocol::fromMillis(rows.integer(0))) : std::nullopt;
}

} // namespace prism::store
