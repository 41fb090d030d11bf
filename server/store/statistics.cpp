#include "server/store/statistics.h"

namespace prism::store {

using analytics::Span;
using analytics::Totals;

namespace {

constexpr qint64 quarterMs = 15 * 60 * 1000;

std::vector<Value> bounds(const Span& span)
{
    return {protocol::toMillis(span.from), protocol::toMillis(span.to)};
}

std::vector<Value> twice(std::vector<Value> values)
{
    const std::vector<Value> once = values;
    values.insert(values.end(), once.begin(), once.end());
    return values;
}

} // namespace

Result<Totals> Statistics::totals(const Span& span)
{
    Totals totals;
    {
        Result<Rows> rows = m_database.select(

            "SELECT COUNT(*), COALESCE(SUM(status = 'PASS'), 0), AVG(duration), "
            "COUNT(DISTINCT NULLIF(session, '')) FROM checks WHERE timestamp >= ? AND timestamp < ?",
            bounds(span));
        if (!rows)
            return Failure(rows.error());
        rows->next();
        totals.checks = rows->integer(0);
        totals.passed = rows->integer(1);
        if (!rows->isNull(2))
            totals.meanDuration = rows->real(2);
        totals.sessions = rows->integer(3);
    }
    if (const Result<void> added = addViolations(span, totals); !added)
        return Failure(added.error());
    if (const Result<void> added = addRetros(span, totals); !added)
        return Failure(added.error());
    return totals;
}

Result<void> Statistics::addViolations(const Span& span, Totals& totals)
{
    Result<Rows> rows =
        m_database.select("SELECT COALESCE(SUM(false_positive = 0), 0), COALESCE(SUM(false_positive), 0), "
                          "COUNT(DISTINCT CASE WHEN false_positive = 0 THEN check_ordinal END) "
                          "FROM violations WHERE timestamp >= ? AND timestamp < ?",
                          bounds(span));
    if (!rows)
        return Failure(rows.error());
    rows->next();
    totals.violations = rows->integer(0);
    totals.falsePositives = rows->integer(1);
    totals.checksWithViolations = rows->integer(2);
    return {};
}

Result<void> Statistics::addRetros(const Span& span, Totals& totals)
{
    Result<Rows> rows =
        m_database.select("SELECT COUNT(*), AVG(CASE WHEN duration > 0 THEN duration END) FROM retros "
                          "WHERE timestamp >= ? AND timestamp < ?",
                          bounds(span));
    if (!rows)
        return Failure(rows.error());
    rows->next();
    totals.retros = rows->integer(0);
    if (!rows->isNull(1))
        totals.meanRetroDuration = rows->real(1);
    return {};
}

Result<std::vector<double>> Statistics::durations(const Span& span)
{
    Result<Rows> rows =
        m_database.select("SELECT duration FROM checks WHERE timestamp >= ? AND timestamp < ?", bounds(span));
    if (!rows)
        return Failure(rows.error());
    std::vector<double> durations;
    while (rows->next())
        durations.push_back(rows->real(0));
    if (const auto error = rows->error())
        return Failure(*error);
    return durations;
}

Result<std::vector<analytics::ActiveQuarter>> Statistics::activity(const Span& span)
{
    Result<Rows> rows = m_database.select("SELECT timestamp / 900000, user FROM checks WHERE "
                                          "timestamp >= ? AND timestamp < ? AND user <> '' "
                                          "UNION "
                                          "SELECT timestamp / 900000, user FROM retros WHERE "
                                          "timestamp >= ? AND timestamp < ? AND user <> ''",
                                          twice(bounds(span)));
    if (!rows)
        return Failure(rows.error());
    std::vector<analytics::ActiveQuarter> activity;
    while (rows->next())
        activity.push_back({protocol::fromMillis(rows->integer(0) * quarterMs), rows->text(1)});
    if (const auto error = rows->error())
        return Failure(*error);
    return activity;
}

Result<std::vector<analytics::QuarterCount>> Statistics::violationCounts(const Span& span)
{
    return quarters("SELECT timestamp / 900000, COUNT(*) FROM violations WHERE timestamp >= ? AND "
                    "timestamp < ? AND false_positive = 0 GROUP BY 1",
                    bounds(span));
}

Result<std::vector<analytics::QuarterCount>> Statistics::checkCounts(const Span& span)
{
    return quarters("SELECT timestamp / 900000, COUNT(*) FROM checks WHERE timestamp >= ? AND "
                    "timestamp < ? GROUP BY 1",
                    bounds(span));
}

Result<std::vector<analytics::QuarterCount>> Statistics::quarters(QByteArrayView sql,
                                                                  const std::vector<Value>& values)
{
    Result<Rows> rows = m_database.select(sql, values);
    if (!rows)
        return Failure(rows.error());
    std::vector<analytics::QuarterCount> counts;
    while (rows->next())
        counts.push_back({protocol::fromMillis(rows->integer(0) * quarterMs), rows->integer(1)});
    if (const auto error = rows->error())
        return Failure(*error);
    return counts;
}

Result<std::vector<analytics::PrincipleCount>> Statistics::topPrinciples(const Span& span, int limit)
{
    std::vector<Value> values = bounds(span);
    values.emplace_back(limit);
    Result<Rows> rows = m_database.select(

        "SELECT principle_id, MAX(principle_name), COUNT(*) FROM violations WHERE timestamp >= ? AND "
        "timestamp < ? AND false_positive = 0 GROUP BY principle_id ORDER BY 3 DESC, 1 LIMIT ?",
        values);
    if (!rows)
        return Failure(rows.error());
    std::vector<analytics::PrincipleCount> principles;
    while (rows->next())
        principles.push_back({rows->text(0), rows->text(1), rows->integer(2)});
    if (const auto error = rows->error())
        return Failure(*error);
    return principles;
}

Result<std::optional<protocol::Timestamp>> Statistics::earliest()
{
    Result<Rows> rows =
        m_database.select("SELECT MIN(first) FROM (SELECT MIN(timestamp) AS first FROM checks "
                          "UNION ALL SELECT MIN(timestamp) FROM retros)");
    if (!rows)
        return Failure(rows.error());
    if (!rows->next() || rows->isNull(0))
        return std::optional<protocol::Timestamp>();
    return std::optional(protocol::fromMillis(rows->integer(0)));
}

Result<std::vector<analytics::QuarterCount>> Statistics::severityCounts(const Span& span,
                                                                        protocol::Severity severity)
{
    std::vector<Value> values = bounds(span);
    values.emplace_back(protocol::toString(severity));
    return quarters("SELECT timestamp / 900000, COUNT(*) FROM violations WHERE timestamp >= ? AND "
                    "timestamp < ? AND false_positive = 0 AND severity = ? GROUP BY 1",
                    values);
}

} // namespace prism::store
