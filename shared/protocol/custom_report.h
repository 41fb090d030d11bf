#pragma once

#include "shared/protocol/metric_value.h"
#include "shared/protocol/origin.h"
#include "shared/protocol/period.h"

#include <QList>

namespace prism::protocol {

/// What a group of entries has in common in one dimension.
struct GroupValue
{
    QString dimension;
    QString value; ///< empty for entries that have none: null on the wire

    bool operator==(const GroupValue&) const = default;
};

/// One group of entries, and its numbers.
struct ReportRow
{
    QList<GroupValue> group = {};
    QList<MetricValue> metrics = {};

    bool operator==(const ReportRow&) const = default;
};

/// The answer to a report that was asked for: what was asked, and a row for each group.
struct CustomReport
{
    QStringList dimensions = {};
    QStringList metrics = {};
    Period period = Period::Week;
    std::optional<QString> groupBy = {};
    QJsonObject filters = {};
    QList<ReportRow> rows = {};
    Origin origin = {};

    bool operator==(const CustomReport&) const = default;
};

QJsonObject toJson(const CustomReport& report);

} // namespace prism::protocol
