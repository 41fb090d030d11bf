#pragma once

#include <QString>

#include <vector>

namespace prism::app {

/// One setting of the server: a flag (--name), an environment variable (PRISM_NAME) and a key of the INI file
/// (name).
struct Option
{
    QString name;
    QString value; ///< what stands for the value in --help; empty for a switch
    QString fallback;
    QString help;

    bool isSwitch() const { return value.isEmpty(); }
    QString environmentName() const;
};

/// Every setting there is, in the order of --help.
std::vector<Option> allOptions();

} // namespace prism::app
