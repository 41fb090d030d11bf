#pragma once

#include "server/app/config.h"

#include <QJsonObject>

namespace prism::app {

/// Has a command of AdminCommands carried out on the config's database itself, or by the server that has it:
/// what that answers.
protocol::Result<QJsonObject> askAdmin(const Config& config, const QString& command, QJsonObject request);

} // namespace prism::app
