#include "shared/protocol/period.h"

namespace prism::protocol {

QString toString(Period period)
{
    return nameOf(periodNames, period);
}

std::optional<Period> periodFromString(QStringView text)
{
    return valueOf(periodNames, text);
}

} // namespace prism::protocol
