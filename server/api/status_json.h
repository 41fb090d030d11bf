#pragma once

#include "server/telemetry/telemetry.h"

#include <QJsonObject>

namespace prism::api {

/// How the server does, for people.
struct Status
{
    telemetry::Figures figures;
    QString epoch; ///< of the database, as the zone and the schema are
    QString zone;
    int schema = 0;
};

/// As /api/v1/system/status tells it: durations in milliseconds, sizes in bytes.
QJsonObject toJson(const Status& status);

} // namespace prism::api
