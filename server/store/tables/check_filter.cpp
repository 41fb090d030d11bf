#include "server/store/tables/check_filter.h"

#include "server/store/sought_text.h"
#include "server/store/tables/check_columns.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

using protocol::Severity;
using protocol::ViolationCounts;

namespace {

namespace column = check_column;

namespace violation_column {
enum : int { Principle, PrincipleName, Severity, FalsePositive, Message, File };
} // namespace violation_column

ViolationCounts countsIn(const Rows& check)
{
    return {check.integer(column::Blocks), check.integer(column::Warnings), check.integer(column::Infos),
            check.integer(column::FalsePositives)};
}

qint64 countOf(const ViolationCounts& counts, Severity severity)
{
    return severity == Severity::Block     ? counts.block
           : severity == Severity::Warning ? counts.warning
                                           : counts.info;
}

} // namespace

CheckFilter::CheckFilter(ReadConnection& connection, const CheckQuery& query)
    : m_connection(connection)
    , m_query(query)
    , m_principle(wantedOf(violation_column::Principle, query.principle))
    , m_sought(protocol::folded(query.text).toUtf8())
{
    if (query.status)
        m_wanted.push_back({wantedOf(column::Status, toString(*query.status))});
    const auto want = [this](int place, const QString& text) {
        if (!text.isEmpty())
            m_wanted.push_back({wantedOf(place, text)});
    };
    std::vector<Wanted> projects;
    for (const QString& project : query.projects)
        projects.push_back(wantedOf(column::Project, project));
    if (!projects.empty())
        m_wanted.push_back(projects);
    want(column::User, query.user);
    want(column::Session, query.session);
    want(column::Gate, query.gate);
    want(column::Branch, query.branch);
    want(column::Commit, query.commit);
}

CheckFilter::Wanted CheckFilter::wantedOf(int column, const QString& text)
{
    return {column, text.toUtf8(), protocol::decomposed(text).toUtf8()};
}

bool CheckFilter::isOneOf(const std::vector<Wanted>& all, const Rows& check)
{
    const QByteArray text = check.bytes(all.front().column);
    return std::any_of(all.begin(), all.end(), [&text](const Wanted& wanted) {
        return text == wanted.composed || text == wanted.decomposed;
    });
}

Result<bool> CheckFilter::has(const Rows& check, qint64& looked)
{
    const bool isWanted = std::all_of(m_wanted.begin(), m_wanted.end(),
                                      [&check](const auto& all) { return isOneOf(all, check); });
    if (!isWanted)
        return false;
    const bool needsText =
        !m_sought.isEmpty() && !hasText(check, {column::User, column::Project, column::Gate, column::Branch});
    const ViolationCounts counts = countsIn(check);
    if (needsText && counts.all() == 0)
        return false;
    if (asksForViolation()) {
        const std::optional<bool> said = countsSay(counts);
        if (said == false)
            return false;
        if (said == true && !needsText)
            return true;
    } else if (!needsText) {
        return true;
    }
    return hasViolation(check.integer(column::Ordinal), needsText, looked);
}

bool CheckFilter::asksForViolation() const
{
    return !m_query.principle.isEmpty() || m_query.severity || m_query.falsePositive;
}

/// Whether there is such a violation; nothing where only the violations themselves say so.
std::optional<bool> CheckFilter::countsSay(const ViolationCounts& counts) const
{
    if (!mayHaveViolation(counts))
        return false;
    const bool isKnown = m_query.principle.isEmpty() && (!m_query.severity || m_query.falsePositive == false);
    return isKnown ? std::optional(true) : std::nullopt;
}

bool CheckFilter::mayHaveViolation(const ViolationCounts& counts) const
{
    const qint64 live = m_query.severity ? countOf(counts, *m_query.severity) : counts.live();
    if (!m_query.falsePositive)
        return live + counts.falsePositive > 0;
    return (*m_query.falsePositive ? counts.falsePositive : live) > 0;
}

/// One of them has what is asked of a violation, and one has the text; it need not be the same.
Result<bool> CheckFilter::hasViolation(qint64 ordinal, bool needsText, qint64& looked)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select("SELECT principle_id, principle_name, severity, false_positive, message, file "
                            "FROM violations WHERE check_ordinal = ? ORDER BY position",
                            {ordinal}));
    bool hasOne = !asksForViolation();
    bool hasWords = !needsText;
    while ((!hasOne || !hasWords) && rows.next()) {
        ++looked;
        hasOne = hasOne || isViolation(rows);
        hasWords = hasWords || hasText(rows, {violation_column::Principle, violation_column::PrincipleName,
                                              violation_column::Message, violation_column::File});
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return hasOne && hasWords;
}

bool CheckFilter::isViolation(const Rows& violation) const
{
    if (!m_query.principle.isEmpty()) {
        const QByteArray principle = violation.bytes(violation_column::Principle);
        if (principle != m_principle.composed && principle != m_principle.decomposed)
            return false;
    }
    if (m_query.severity && violation.text(violation_column::Severity) != toString(*m_query.severity))
        return false;
    return !m_query.falsePositive ||
           (violation.integer(violation_column::FalsePositive) != 0) == *m_query.falsePositive;
}

bool CheckFilter::hasText(const Rows& rows, std::initializer_list<int> columns) const
{
    return std::any_of(columns.begin(), columns.end(),
                       [&](int column) { return hasSought(rows.bytes(column), m_sought); });
}

} // namespace prism::store
