#pragma once

#include <QLoggingCategory>

namespace prism::model {

Q_DECLARE_LOGGING_CATEGORY(modelLog) // prism.model

} // namespace prism::model
