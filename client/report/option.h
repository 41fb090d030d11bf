#pragma once

#include "client/report/request.h"

namespace prism::report {

/// One flag of the command line.
struct Option
{
    const char* name;
    const char* value; ///< what stands for it in --help; null for a switch
    const char* help;

    /// Puts what was given into the request; says what is wrong with it.
    QString (*put)(Request& request, const QString& value);

    bool isSwitch() const { return value == nullptr; }
};

const Option* optionNamed(QStringView name);

} // namespace prism::report
