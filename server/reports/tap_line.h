#pragma once

#include <QString>

#include <optional>

namespace prism::reports {

/// "not ok 3 - parses # TODO later"
struct TapPoint
{
    bool isOk = false;
    bool isExcused = false; ///< marked TODO or SKIP
    bool isOpen = false;    ///< so, and what it consists of follows, up to a closing brace
    QString number;         ///< empty where there is none
    QString description;
};

/// What a line says, without the white space around it; nothing where it says something else.
std::optional<TapPoint> tapPoint(QStringView line);

/// Of "1..5" the 5.
std::optional<qint64> tapPlan(QStringView line);

/// Milliseconds of a comment as "# time=507.733ms" and "# duration_ms 507.733".
std::optional<double> tapTime(QStringView line);

} // namespace prism::reports
