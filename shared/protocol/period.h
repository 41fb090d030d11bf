#pragma once

#include <QString>

#include <array>
#include <optional>

namespace prism::protocol {

/// The span of time a number is about. What each covers is defined by analytics::Window on the server.
enum class Period { Today, Week, Month, Year, All };

inline constexpr std::array allPeriods{Period::Today, Period::Week, Period::Month, Period::Year, Period::All};

QString toString(Period period);
std::optional<Period> periodFromString(QStringView text);

} // namespace prism::protocol
