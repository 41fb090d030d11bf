#include "server/store/tables/gate_checks.h"

#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

using analytics::CheckPlace;
using analytics::GateCourse;
using protocol::CheckOrigin;
using protocol::CheckStatus;
using protocol::GateName;
using protocol::toMillis;

namespace {

/// As the index has it, so that it is used: what a laptop or an agent found is not in it.
constexpr const char* mayCount = "gate <> '' AND origin NOT IN ('local', 'agent') AND whole = 1";

constexpr std::array statuses{CheckStatus::Pass, CheckStatus::Warning, CheckStatus::Blocked};

/// Before every check.
constexpr CheckPlace beginning{protocol::Timestamp(std::chrono::milliseconds(-1)), 0};

QByteArray ofGate()
{
    return QByteArray(mayCount) + " AND project = ? AND gate = ? AND branch = ? AND status = ? ";
}

std::optional<CheckPlace> placeIn(Rows& rows)
{
    return rows.next() ? std::optional(CheckPlace{protocol::fromMillis(rows.integer(0)), rows.integer(1)})
                       : std::nullopt;
}

} // namespace

bool GateChecks::counts(const protocol::Check& check, const QStringList& branches)
{
    return !check.gate.isEmpty() && check.origin != CheckOrigin::Local &&
           check.origin != CheckOrigin::Agent && branches.contains(check.branch);
}

Result<std::optional<GateCourse>> GateChecks::course(const GateName& gate,
                                                     const std::optional<analytics::DroppedChecks>& dropped)
{
    std::array<std::optional<CheckPlace>, statuses.size()> newestOnes;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        PRISM_TRY_ASSIGN(newestOnes[i], newest(gate, statuses[i]));
    }
    const auto last = std::max_element(newestOnes.begin(), newestOnes.end());
    if (!*last)
        return std::nullopt;
    GateCourse course;
    course.status = statuses[std::size_t(last - newestOnes.begin())];
    course.newest = **last;
    for (auto each = newestOnes.begin(); each != newestOnes.end(); ++each) {
        if (each != last)
            course.before = std::max(course.before, *each);
    }
    const CheckPlace before = course.before.value_or(beginning);
    PRISM_TRY_ASSIGN(const auto first, firstBehind(gate, course.status, before));
    course.first = first.value_or(course.newest);
    PRISM_TRY_ASSIGN(course.streak, lengthBehind(gate, course.status, before));
    PRISM_TRY_ASSIGN(course.isLive, isLiveFrom(gate, course.status, course.first.time));
    if (dropped && !course.before && dropped->status == course.status) {
        course.first = {dropped->since, 0};
        course.streak = std::min(course.streak + dropped->streak, protocol::longestStreak);
    }
    if (newestOnes[0])
        course.lastPass = newestOnes[0]->time;
    else if (dropped)
        course.lastPass = dropped->lastPass;
    return course;
}

Result<std::optional<CheckPlace>> GateChecks::newest(const GateName& gate, CheckStatus status)
{
    std::optional<CheckPlace> newest;
    for (const QString& branch : m_branches) {
        PRISM_TRY_ASSIGN(Rows rows,
                         m_connection.select("SELECT timestamp, ordinal FROM checks WHERE " + ofGate() +
                                                 "ORDER BY timestamp DESC, ordinal DESC LIMIT 1",
                                             {gate.project, gate.gate, branch, toString(status)}));
        newest = std::max(newest, placeIn(rows));
    }
    return newest;
}

/// An index is not everywhere entered with a row value such as (timestamp, ordinal): first the rest of the
/// place's own millisecond is looked at, and then what is later.
Result<std::optional<CheckPlace>> GateChecks::firstBehind(const GateName& gate, CheckStatus status,
                                                          const CheckPlace& place)
{
    std::optional<CheckPlace> first;
    for (const QString& branch : m_branches) {
        std::optional<CheckPlace> found;
        {
            PRISM_TRY_ASSIGN(Rows rows, m_connection.select(
                                            "SELECT timestamp, ordinal FROM checks WHERE " + ofGate() +
                                                "AND timestamp = ? AND ordinal > ? ORDER BY ordinal LIMIT 1",
                                            {gate.project, gate.gate, branch, toString(status),
                                             toMillis(place.time), place.ordinal}));
            found = placeIn(rows);
        }
        if (!found) {
            PRISM_TRY_ASSIGN(Rows rows,
                             m_connection.select(
                                 "SELECT timestamp, ordinal FROM checks WHERE " + ofGate() +
                                     "AND timestamp > ? ORDER BY timestamp, ordinal LIMIT 1",
                                 {gate.project, gate.gate, branch, toString(status), toMillis(place.time)}));
            found = placeIn(rows);
        }
        if (found && (!first || *found < *first))
            first = found;
    }
    return first;
}

Result<qint64> GateChecks::lengthBehind(const GateName& gate, CheckStatus status, const CheckPlace& place)
{
    qint64 length = 0;
    for (const QString& branch : m_branches) {
        PRISM_TRY_ASSIGN(
            Rows rows,
            m_connection.select("SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM checks WHERE " + ofGate() +
                                    "AND timestamp > ? LIMIT ?) AS later) + (SELECT COUNT(*) FROM (SELECT 1 "
                                    "FROM checks WHERE " +
                                    ofGate() + "AND timestamp = ? AND ordinal > ? LIMIT ?) AS same_moment)",
                                {gate.project, gate.gate, branch, toString(status), toMillis(place.time),
                                 protocol::longestStreak, gate.project, gate.gate, branch, toString(status),
                                 toMillis(place.time), place.ordinal, protocol::longestStreak}));
        length = std::min(length + (rows.next() ? rows.integer(0) : 0), protocol::longestStreak);
    }
    return length;
}

/// Of as many of the newest as are told apart.
Result<bool> GateChecks::isLiveFrom(const GateName& gate, CheckStatus status, protocol::Timestamp from)
{
    for (const QString& branch : m_branches) {
        PRISM_TRY_ASSIGN(
            Rows rows, m_connection.select(
                           "SELECT 1 FROM (SELECT imported FROM checks WHERE " + ofGate() +
                               "AND timestamp >= ? ORDER BY timestamp DESC, ordinal DESC LIMIT ?) AS newest "
                               "WHERE imported = 0 LIMIT 1",
                           {gate.project, gate.gate, branch, toString(status), toMillis(from),
                            protocol::longestStreak}));
        if (rows.next())
            return true;
    }
    return false;
}

Result<std::optional<GateName>> GateChecks::next(const GateName& behind)
{
    std::optional<GateName> next;
    QByteArray nextKey;
    for (const QByteArray& table :
         {QByteArray("checks WHERE ") + mayCount, QByteArray("gates WHERE gate <> ''")}) {
        for (const bool sameProject : {true, false}) {
            const QByteArray sql = "SELECT project, gate FROM " + table +
                                   (sameProject ? " AND project = ? AND gate > ?" : " AND project > ?") +
                                   " ORDER BY project, gate LIMIT 1";
            PRISM_TRY_ASSIGN(Rows rows, m_connection.select(
                                            sql, sameProject ? std::vector<Value>{behind.project, behind.gate}
                                                             : std::vector<Value>{behind.project}));
            if (!rows.next())
                continue;
            // In the order of the database, which is that of the bytes.
            const QByteArray key = rows.bytes(0) + '\0' + rows.bytes(1);
            if (!next || key < nextKey) {
                next = GateName{rows.text(0), rows.text(1)};
                nextKey = key;
            }
            break;
        }
    }
    return next;
}

Result<void> GateChecks::oldest(protocol::Timestamp limit, int most, const Each& each)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(
                                    "SELECT project, gate, branch, origin, status, timestamp FROM checks "
                                    "WHERE timestamp < ? AND whole = 1 ORDER BY timestamp, ordinal LIMIT ?",
                                    {toMillis(limit), most}));
    while (rows.next()) {
        protocol::Check check;
        check.gate = rows.text(1);
        check.branch = rows.text(2);
        check.origin = protocol::checkOriginFromString(rows.text(3));
        if (counts(check, m_branches))
            each({rows.text(0), check.gate}, protocol::fromMillis(rows.integer(5)),
                 protocol::checkStatusFromString(rows.text(4)).value_or(CheckStatus::Pass));
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
