#include "client/model/log.h"

namespace prism::model {

Q_LOGGING_CATEGORY(modelLog, "prism.model", QtInfoMsg)

} // namespace prism::model
