#pragma once

#include "shared/protocol/metric_value.h"
#include "shared/protocol/origin.h"
#include "shared/protocol/period.h"

#include <QList>

namespace prism::protocol {

/// What a record computed when it was run.
struct RecordResult
{
    QString recordId = {};
    QString name = {}; ///< of the record
    int version = 1;   ///< of the record
    Period period = Period::Week;
    QJsonObject filters = {};
    QList<MetricValue> metrics = {}; ///< each name once; JSON keeps no order, so they are read sorted by name
    Origin origin = {};

    bool operator==(const RecordResult&) const = default;
};

QJsonObject toJson(const RecordResult& result);
Result<RecordResult> recordResultFromJson(const QJsonObject& json);

} // namespace prism::protocol
