#pragma once

#include <QString>

namespace prism::ui {

/// `text`, which somebody else wrote, for a place among the window's own words: text that runs from right to
/// left is isolated (U+2068, U+2069), so that it does not turn what stands beside it around, and nothing in
/// it that gives directions is left. Any other text is as it was.
QString isolated(const QString& text);

/// What was isolated, as it is to be read by a program.
QString withoutIsolation(const QString& text);

} // namespace prism::ui
