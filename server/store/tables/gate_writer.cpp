#include "server/store/tables/gate_writer.h"

#include "server/store/tables/settings_writer.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::CheckPlace;
using analytics::GateCourse;
using protocol::Check;
using protocol::CheckStatus;
using protocol::GateName;
using protocol::toMillis;

namespace {

std::optional<protocol::Timestamp> timeIn(const Rows& rows, int column)
{
    return rows.isNull(column) ? std::nullopt : std::optional(protocol::fromMillis(rows.integer(column)));
}

std::optional<qint64> storedTime(const std::optional<protocol::Timestamp>& time)
{
    return time ? std::optional(toMillis(*time)) : std::nullopt;
}

CheckStatus statusIn(const Rows& rows, int column)
{
    return protocol::checkStatusFromString(rows.text(column)).value_or(CheckStatus::Pass);
}

} // namespace

bool GateTurn::isNews() const
{
    return from != to && (from == CheckStatus::Blocked || to == CheckStatus::Blocked);
}

Result<const QStringList*> GateWriter::branches()
{
    if (!m_branches) {
        PRISM_TRY_ASSIGN(const protocol::Settings& settings, SettingsReader(m_connection).settings());
        m_branches = settings.mainBranches + QStringList(QString());
    }
    return &*m_branches;
}

Result<std::optional<GateTurn>> GateWriter::add(const Check& check, qint64 ordinal, bool isLive)
{
    if (check.gate.isEmpty())
        return std::nullopt;
    PRISM_TRY_ASSIGN(const QStringList* counting, branches());
    if (!GateChecks::counts(check, *counting))
        return std::nullopt;
    const GateName name{check.project, check.gate};
    PRISM_TRY_ASSIGN(StoredGate* const gate, known(name));
    if (!gate)
        return recount(name, std::nullopt, Heard::Now);
    const CheckPlace place{check.timestamp, ordinal};
    const CheckStatus before = gate->course.status;
    if (!gate->course.take(place, check.status, isLive))
        return recount(name, *gate, Heard::Now);
    if (gate->course.newest == place)
        gate->tellOf(check);
    gate->isChanged = true;
    const bool wasForgotten = std::exchange(gate->isForgotten, false);
    return turnOf(wasForgotten ? std::nullopt : std::optional(before), *gate);
}

Result<std::optional<GateTurn>> GateWriter::change(const Check& before, const Check& after)
{
    PRISM_TRY_ASSIGN(const QStringList* counting, branches());
    const bool isSame = before.status == after.status && before.url == after.url;
    if (isSame || !GateChecks::counts(after, *counting))
        return std::nullopt;
    const GateName name{after.project, after.gate};
    PRISM_TRY_ASSIGN(const StoredGate* const gate, known(name));
    return recount(name, gate ? std::optional(*gate) : std::nullopt, Heard::Before);
}

/// As the stored checks say; a gate of which none is kept that counts stays as it is.
Result<std::optional<GateTurn>> GateWriter::recount(const GateName& name,
                                                    const std::optional<StoredGate>& before, Heard heard)
{
    PRISM_TRY_ASSIGN(const QStringList* counting, branches());
    StoredGate after = before.value_or(StoredGate{.name = name});
    PRISM_TRY_ASSIGN(const auto course, GateChecks(m_connection, *counting).course(name, after.dropped));
    if (!course)
        return std::nullopt;
    after.course = *course;
    after.isForgotten = after.isForgotten && heard == Heard::Before;
    {
        PRISM_TRY_ASSIGN(Rows rows,
                         m_connection.select("SELECT id, branch, commit_id, url, \"user\" FROM checks WHERE "
                                             "ordinal = ?",
                                             {course->newest.ordinal}));
        if (rows.next()) {
            Check newest;
            newest.id = rows.text(0);
            newest.branch = rows.text(1);
            newest.commit = rows.text(2);
            newest.url = rows.text(3);
            newest.user = rows.text(4);
            after.tellOf(newest);
        }
    }
    if (before && before->course.status == after.course.status &&
        before->course.first.time == after.course.first.time)
        after.course.isLive = after.course.isLive || before->course.isLive; // of those that were dropped too
    if (!before || before->isChanged || heard == Heard::Now || before->state() != after.state()) {
        PRISM_TRY(put(after));
        ++m_recounted;
    }
    m_known.erase({name.project, name.gate});
    const bool wasThere = before && !before->isForgotten;
    return turnOf(wasThere ? std::optional(before->course.status) : std::nullopt, after);
}

std::optional<GateTurn> GateWriter::turnOf(std::optional<CheckStatus> before, const StoredGate& after)
{
    const GateTurn turn{after.name, after.branch, before, after.course.status, after.checkId};
    return turn.isNews() && !after.isForgotten ? std::optional(turn) : std::nullopt;
}

Result<StoredGate*> GateWriter::known(const GateName& name)
{
    const std::pair key{name.project, name.gate};
    if (const auto found = m_known.find(key); found != m_known.end())
        return &found->second;
    PRISM_TRY_ASSIGN(const std::optional<StoredGate> gate, stored(name));
    return gate ? &m_known.insert({key, *gate}).first->second : nullptr;
}

Result<void> GateWriter::flush()
{
    for (const auto& [name, gate] : m_known) {
        if (gate.isChanged)
            PRISM_TRY(put(gate));
    }
    m_known.clear();
    return {};
}

void GateWriter::undo()
{
    m_known.clear();
    m_branches.reset();
}

Result<std::optional<protocol::GateState>> GateWriter::find(const GateName& name)
{
    PRISM_TRY(flush());
    return GateReader::find(name);
}

Result<void> GateWriter::keepOldest(protocol::Timestamp limit, int most)
{
    PRISM_TRY(flush());
    PRISM_TRY_ASSIGN(const QStringList* counting, branches());
    std::map<std::pair<QString, QString>, StoredGate> gates;
    Result<void> found;
    PRISM_TRY(
        GateChecks(m_connection, *counting)
            .oldest(limit, most, [&](const GateName& name, protocol::Timestamp time, CheckStatus status) {
                auto gate = gates.find({name.project, name.gate});
                if (gate == gates.end()) {
                    const Result<std::optional<StoredGate>> known = stored(name);
                    if (!known)
                        found = Failure(known.error());
                    gate = gates
                               .insert({{name.project, name.gate},
                                        known && *known ? **known : StoredGate{.name = name}})
                               .first;
                }
                analytics::drop(gate->second.dropped, time, status);
            }));
    PRISM_TRY(found);
    for (const auto& [name, gate] : gates) {
        if (gate.ordinal != 0)
            PRISM_TRY(m_connection.execute(
                "UPDATE gates SET dropped_status = ?, dropped_since = ?, dropped_streak = ?, "
                "dropped_pass = ? WHERE ordinal = ?",
                {toString(gate.dropped->status), toMillis(gate.dropped->since), gate.dropped->streak,
                 storedTime(gate.dropped->lastPass), gate.ordinal}));
    }
    return {};
}

Result<bool> GateWriter::forget(const GateName& name)
{
    PRISM_TRY(flush());
    PRISM_TRY_ASSIGN(const int forgotten,
                     m_connection.execute("UPDATE gates SET forgotten = 1 WHERE project = ? AND gate = ? AND "
                                          "forgotten = 0",
                                          {name.project, name.gate}));
    return forgotten > 0;
}

Result<void> GateWriter::beginRecount()
{
    m_branches.reset();
    return SettingsWriter(m_connection).setGatesCountedTo(GateName());
}

Result<bool> GateWriter::recountSome(int most, GateRecount& recounted)
{
    PRISM_TRY(flush());
    m_recounted = 0;
    SettingsWriter settings(m_connection);
    PRISM_TRY_ASSIGN(std::optional<GateName> place, settings.gatesCountedTo());
    PRISM_TRY_ASSIGN(const QStringList* counting, branches());
    GateChecks checks(m_connection, *counting);
    for (int done = 0; place && done < most; ++done) {
        PRISM_TRY_ASSIGN(place, checks.next(*place));
        if (!place)
            break;
        PRISM_TRY_ASSIGN(const std::optional<StoredGate> before, stored(*place));
        PRISM_TRY_ASSIGN(const auto turn, recount(*place, before, Heard::Before));
        if (turn)
            recounted.turns.push_back(*turn);
        if (before && !counting->contains(before->branch))
            PRISM_TRY(removeUncounted(*before));
    }
    recounted.changed += m_recounted;
    PRISM_TRY(settings.setGatesCountedTo(place));
    return place.has_value();
}

/// A gate of another branch, of which no check is kept that counts now.
Result<void> GateWriter::removeUncounted(const StoredGate& gate)
{
    PRISM_TRY_ASSIGN(const int removed,
                     m_connection.execute("DELETE FROM gates WHERE ordinal = ? AND branch = ?",
                                          {gate.ordinal, gate.branch}));
    m_recounted += removed;
    return {};
}

Result<int> GateWriter::trim(int most)
{
    PRISM_TRY(flush());
    return m_connection.execute("DELETE FROM gates WHERE ordinal IN (SELECT ordinal FROM gates "
                                "ORDER BY newest_at, ordinal LIMIT "
                                "(SELECT CASE WHEN COUNT(*) > ? THEN COUNT(*) - ? ELSE 0 END FROM gates))",
                                {most, most});
}

Result<std::optional<StoredGate>> GateWriter::stored(const GateName& name)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select(
            "SELECT ordinal, branch, status, newest_at, newest_ordinal, since, since_ordinal, before_at, "
            "before_ordinal, streak, live, last_pass, check_id, commit_id, url, \"user\", forgotten, "
            "dropped_status, dropped_since, dropped_streak, dropped_pass FROM gates "
            "WHERE project = ? AND gate = ?",
            {name.project, name.gate}));
    if (!rows.next())
        return std::nullopt;
    StoredGate gate{.ordinal = rows.integer(0), .name = name};
    gate.course.status = statusIn(rows, 2);
    gate.course.newest = {protocol::fromMillis(rows.integer(3)), rows.integer(4)};
    gate.course.first = {protocol::fromMillis(rows.integer(5)), rows.integer(6)};
    if (const auto before = timeIn(rows, 7))
        gate.course.before = {*before, rows.integer(8)};
    gate.course.streak = rows.integer(9);
    gate.course.isLive = rows.integer(10) != 0;
    gate.course.lastPass = timeIn(rows, 11);
    gate.branch = rows.text(1);
    gate.checkId = rows.text(12);
    gate.commit = rows.text(13);
    gate.url = rows.text(14);
    gate.user = rows.text(15);
    gate.isForgotten = rows.integer(16) != 0;
    if (!rows.isNull(17))
        gate.dropped = {statusIn(rows, 17), protocol::fromMillis(rows.integer(18)), rows.integer(19),
                        timeIn(rows, 20)};
    return gate;
}

/// All but what was dropped.
Result<void> GateWriter::put(const StoredGate& gate)
{
    const GateCourse& course = gate.course;
    const Value beforeAt = course.before ? Value(toMillis(course.before->time)) : Value(nullptr);
    const Value beforeOrdinal = course.before ? Value(course.before->ordinal) : Value(nullptr);
    if (gate.ordinal == 0) {
        ++m_newOnes;
        PRISM_TRY(m_connection.execute(
            "INSERT INTO gates (project, gate, branch, status, newest_at, newest_ordinal, since, "
            "since_ordinal, before_at, before_ordinal, streak, live, last_pass, check_id, commit_id, url, "
            "\"user\", forgotten) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {gate.name.project, gate.name.gate, gate.branch, toString(course.status),
             toMillis(course.newest.time), course.newest.ordinal, toMillis(course.first.time),
             course.first.ordinal, beforeAt, beforeOrdinal, course.streak, course.isLive ? 1 : 0,
             storedTime(course.lastPass), gate.checkId, gate.commit, gate.url, gate.user,
             gate.isForgotten ? 1 : 0}));
        return {};
    }
    PRISM_TRY(m_connection.execute(
        "UPDATE gates SET branch = ?, status = ?, newest_at = ?, newest_ordinal = ?, since = ?, "
        "since_ordinal = ?, before_at = ?, before_ordinal = ?, streak = ?, live = ?, last_pass = ?, "
        "check_id = ?, commit_id = ?, url = ?, \"user\" = ?, forgotten = ? WHERE ordinal = ?",
        {gate.branch, toString(course.status), toMillis(course.newest.time), course.newest.ordinal,
         toMillis(course.first.time), course.first.ordinal, beforeAt, beforeOrdinal, course.streak,
         course.isLive ? 1 : 0, storedTime(course.lastPass), gate.checkId, gate.commit, gate.url, gate.user,
         gate.isForgotten ? 1 : 0, gate.ordinal}));
    return {};
}

} // namespace prism::store
