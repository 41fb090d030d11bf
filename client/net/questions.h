#pragma once

#include "shared/protocol/period.h"
#include "shared/protocol/record.h"
#include "shared/protocol/settings.h"
#include "shared/protocol/timestamp.h"
#include "shared/protocol/trend.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace prism::net {

/// What was asked for again and again, and is sent in full only where it is not what the asker has.
template <typename T>
struct Fresh
{
    std::optional<T> value; ///< nothing: what had the ETag given still holds
    QByteArray etag;        ///< empty when the server sent none
};

struct DashboardQuestion
{
    protocol::Period period = protocol::Period::Week;
    std::optional<protocol::Timestamp> at = {}; ///< empty: the present moment

    bool operator==(const DashboardQuestion&) const = default;
};

struct TrendQuestion
{
    protocol::TrendMetric metric = protocol::TrendMetric::Violations;
    protocol::Period period = protocol::Period::Week;
    std::optional<protocol::Timestamp> at = {}; ///< empty: the present moment

    bool operator==(const TrendQuestion&) const = default;
};

/// Of the violations.
struct ForecastQuestion
{
    protocol::Period period = protocol::Period::Week; ///< of the history
    int steps = 1;                                    ///< buckets to come, from 1 to 30
    std::optional<protocol::Timestamp> at = {};       ///< empty: the present moment

    bool operator==(const ForecastQuestion&) const = default;
};

/// The newest of those up to and at a moment, by their own time.
struct HistoryQuestion
{
    protocol::Timestamp upTo;
    int limit = 100; ///< from 1 to 100

    bool operator==(const HistoryQuestion&) const = default;
};

/// Which records are looked for.
struct RecordsQuestion
{
    enum class Order { CreatedAt, Name, UpdatedAt };

    static constexpr int usualLimit = 50;

    QString search = {};
    std::optional<protocol::RecordType> type = {}; ///< nothing: all
    Order order = Order::CreatedAt;
    bool ascending = false;
    int page = 1;
    int limit = usualLimit; ///< on a page

    bool operator==(const RecordsQuestion&) const = default;
};

/// The settings of a server, which may be older than this dashboard.
struct ServerSettings
{
    protocol::Settings values;
    QStringList missing = {}; ///< paths ("alerts.usageDropShare") of what it does not know
};

struct RecordPage
{
    QList<protocol::Record> records;
    std::optional<qint64> total; ///< nothing where the server does not count
    bool hasNext = false;
};

} // namespace prism::net
