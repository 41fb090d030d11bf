#pragma once

#include "server/telemetry/telemetry.h"

#include <QJsonObject>

namespace prism::api {

/// The figures for people, as /api/v1/system/status tells them: durations in milliseconds, sizes in bytes.
QJsonObject statusJson(const telemetry::Figures& figures);

} // namespace prism::api
