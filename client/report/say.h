#pragma once

#include <QString>

namespace prism::report {

/// A line on standard error, which is where all that this program has to say goes: standard output belongs to
/// the command that is run. What others wrote may hold control characters, which a terminal would obey; they
/// are shown as a replacement instead.
void say(const QString& line);

/// The same without the program's name, for the words of a principle.
void sayPlainly(const QString& line);

} // namespace prism::report
