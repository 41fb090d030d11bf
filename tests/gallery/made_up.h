#pragma once

#include "shared/protocol/dashboard.h"
#include "shared/protocol/event.h"
#include "shared/protocol/forecast.h"

namespace prism::gallery {

/// How much there is to see.
enum class Amount { Nothing, Usual, Much };

/// The numbers of a period. They are the same at every call: pictures can be compared.
protocol::Dashboard madeUpDashboard(protocol::Period period, Amount amount = Amount::Usual);

/// What the numbers of a month are compared with.
protocol::Span spanBefore();

/// How some other number went; each `which` differently.
protocol::Trend madeUpCourse(int which, protocol::Direction direction);

/// What to expect of its violations.
protocol::ForecastReport madeUpForecast(protocol::Period period, Amount amount = Amount::Usual);

/// Alerts of every severity, as a server sends them, newest first.
QList<protocol::Alert> madeUpAlerts(int count);

/// Events of every kind and status, in order, the last one at the time of the dashboard.
QList<protocol::Event> madeUpEvents(int count);

} // namespace prism::gallery
