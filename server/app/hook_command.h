#pragma once

#include "server/app/config.h"

namespace prism::app {

/// What is asked of hooks on the command line.
struct HookCommand
{
    QString command; ///< create, list or revoke
    QString subject; ///< the provider, or the hook's id
    QString project;
};

/// Nothing where this is none.
std::optional<HookCommand> readHookCommand(const QStringList& arguments, const QString& project);

/// Has it done, on the database itself or by the server that has it: what is to be said of it, in lines.
protocol::Result<QStringList> runHookCommand(const HookCommand& command, const Config& config);

} // namespace prism::app
