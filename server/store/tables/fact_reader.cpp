#include "server/store/tables/fact_reader.h"

#include "server/store/tables/check_reader.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Check;
using protocol::CheckStatus;
using protocol::Retro;
using protocol::Severity;
using protocol::toMillis;
using protocol::Violation;

/// Older programs stored texts as they were sent, so each is looked for composed, as it is given, and
/// decomposed.
FactReader::FactReader(ReadConnection& connection, const QStringList& projects)
    : m_connection(connection)
{
    QByteArray places;
    for (const QString& project : projects) {
        for (const QString& spelled : {project, protocol::decomposed(project)}) {
            places += places.isEmpty() ? "?" : ", ?";
            m_projects.emplace_back(spelled);
        }
    }
    if (!projects.isEmpty())
        m_condition = " AND project IN (" + places + ")";
}

std::vector<Value> FactReader::valuesWith(const analytics::Span& span) const
{
    std::vector<Value> values{toMillis(span.from), toMillis(span.to)};
    values.insert(values.end(), m_projects.begin(), m_projects.end());
    return values;
}

Result<void> FactReader::checks(const analytics::Span& span, const EachCheck& each)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select(
            "SELECT c.ordinal, c.timestamp, c.status, c.duration, c.\"user\", c.session, "
            "c.project, v.principle_id, "
            "v.principle_name, v.severity, v.false_positive, c.imported, v.pattern, c.blocks, c.warnings, "
            "c.infos, c.false_positives, c.gate, c.branch FROM checks c LEFT "
            "JOIN violations v ON "
            "v.check_ordinal = c.ordinal "
            "WHERE c.timestamp >= ? AND c.timestamp < ? AND c.whole = 1" +
                m_condition + " ORDER BY c.timestamp, c.ordinal, v.position",
            valuesWith(span)));
    std::optional<qint64> ordinal;
    Check check;
    bool imported = false;
    while (rows.next()) {
        if (ordinal != rows.integer(0)) {
            if (ordinal && !each(check, imported))
                return {};
            ordinal = rows.integer(0);
            check = Check();
            check.timestamp = protocol::fromMillis(rows.integer(1));
            check.status = protocol::checkStatusFromString(rows.text(2)).value_or(CheckStatus::Pass);
            check.duration = durationIn(rows, 3);
            check.user = rows.text(4);
            check.session = rows.text(5);
            check.project = rows.text(6);
            imported = rows.integer(11) != 0;
            check.counts = {rows.integer(13), rows.integer(14), rows.integer(15), rows.integer(16)};
            check.gate = rows.text(17);
            check.branch = rows.text(18);
        }
        if (rows.isNull(7))
            continue;
        Violation violation;
        violation.principleId = rows.text(7);
        violation.principleName = rows.text(8);
        violation.severity = protocol::severityFromString(rows.text(9)).value_or(Severity::Warning);
        violation.falsePositive = rows.integer(10) != 0;
        violation.pattern = rows.text(12);
        check.violations.append(violation);
    }
    if (const auto error = rows.error())
        return Failure(*error);
    if (ordinal)
        each(check, imported);
    return {};
}

Result<void> FactReader::retros(const analytics::Span& span, const EachRetro& each)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select("SELECT timestamp, project, duration, \"user\", imported FROM retros WHERE "
                            "timestamp >= ? AND timestamp < ?" +
                                m_condition + " ORDER BY timestamp",
                            valuesWith(span)));
    while (rows.next()) {
        Retro retro;
        retro.timestamp = protocol::fromMillis(rows.integer(0));
        retro.project = rows.text(1);
        retro.duration = rows.real(2);
        retro.user = rows.text(3);
        if (!each(retro, rows.integer(4) != 0))
            return {};
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
