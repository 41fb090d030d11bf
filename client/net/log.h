#pragma once

#include <QLoggingCategory>

namespace prism::net {

Q_DECLARE_LOGGING_CATEGORY(netLog) // prism.net

} // namespace prism::net
