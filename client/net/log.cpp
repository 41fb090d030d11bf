#include "client/net/log.h"

namespace prism::net {

Q_LOGGING_CATEGORY(netLog, "prism.net", QtInfoMsg)

} // namespace prism::net
