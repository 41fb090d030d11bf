#pragma once

#include "shared/protocol/names.h"

namespace prism::protocol {

/// The span of time a number is about. What each covers is defined by analytics::Window on the server.
enum class Period { Today, Week, Month, Year, All };

inline constexpr std::array allPeriods{Period::Today, Period::Week, Period::Month, Period::Year, Period::All};

inline constexpr std::array<Name<Period>, 5> periodNames{{{Period::Today, "today"},
                                                          {Period::Week, "week"},
                                                          {Period::Month, "month"},
                                                          {Period::Year, "year"},
                                                          {Period::All, "all"}}};

QString toString(Period period);
std::optional<Period> periodFromString(QStringView text);

} // namespace prism::protocol
