#include "shared/protocol/period.h"

#include "shared/protocol/names.h"

namespace prism::protocol {

namespace {

constexpr std::array<Name<Period>, 5> names{{{Period::Today, "today"},
                                             {Period::Week, "week"},
                                             {Period::Month, "month"},
                                             {Period::Year, "year"},
                                             {Period::All, "all"}}};

} // namespace

QString toString(Period period)
{
    return nameOf(names, period);
}

std::optional<Period> periodFromString(QStringView text)
{
    return valueOf(names, text);
}

} // namespace prism::protocol
