#pragma once

#include "server/analytics/source.h"
#include "server/store/database.h"

namespace prism::store {

/// Counts what happened straight from the rows, by indexed SQL. Lives on its database's thread; the caller
/// holds a Snapshot for as long as one answer takes.
class Statistics : public analytics::Source
{
public:
    explicit Statistics(Database& database)
        : m_database(database)
    {
    }

    Result<analytics::Totals> totals(const analytics::Span& span) override;
    Result<std::vector<double>> durations(const analytics::Span& span) override;
    Result<std::vector<analytics::ActiveQuarter>> activity(const analytics::Span& span) override;
    Result<std::vector<analytics::QuarterCount>> violationCounts(const analytics::Span& span) override;
    Result<std::vector<analytics::QuarterCount>> checkCounts(const analytics::Span& span) override;
    Result<std::vector<analytics::PrincipleCount>> topPrinciples(const analytics::Span& span,
                                                                 int limit) override;
    Result<std::optional<protocol::Timestamp>> earliest() override;
    Result<std::vector<analytics::QuarterCount>> severityCounts(const analytics::Span& span,
                                                                protocol::Severity severity) override;

private:
    Result<std::vector<analytics::QuarterCount>> quarters(QByteArrayView sql,
                                                          const std::vector<Value>& values);
    Result<void> addViolations(const analytics::Span& span, analytics::Totals& totals);
    Result<void> addRetros(const analytics::Span& span, analytics::Totals& totals);

    Database& m_database;
};

} // namespace prism::store
