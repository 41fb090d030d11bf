#pragma once

#include "server/app/option_field.h"

#include <vector>

namespace prism::app {

struct Config;

/// One setting of the server: a flag (--name), an environment variable (PRISM_NAME) and a key of the INI file
/// (name), and the field it ends in.
struct Option
{
    Option(const char* optionName, const char* optionValue, const char* optionFallback, PutText putText,
           const char* optionHelp);

    QString name;
    QString value; ///< what stands for the value in --help; empty for a switch
    QString fallback;
    PutText put;
    QString help;

    bool isSwitch() const { return value.isEmpty(); }
    bool isList() const { return value.contains(QLatin1String("[,")); }
    QString environmentName() const;
};

/// Every setting there is, in the order of --help. They put what they are given into `config`.
std::vector<Option> optionsOf(Config& config);

} // namespace prism::app
