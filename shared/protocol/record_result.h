#pragma once

#include "shared/protocol/origin.h"
#include "shared/protocol/period.h"

#include <QList>

namespace prism::protocol {

/// One number that a record computed, by its name on the wire.
struct MetricValue
{
    QString name;
    std::optional<double> value; ///< as computed; a rate has 4 places on the wire

    bool operator==(const MetricValue&) const = default;
};

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

/// Whether a number is a fraction from 0 to 1, by its name: "violationRate", "patternMatchAccuracy".
bool isRate(QStringView metric);

QJsonObject toJson(const RecordResult& result);
Result<RecordResult> recordResultFromJson(const QJsonObject& json);

} // namespace prism::protocol
