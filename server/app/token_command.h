#pragma once

#include "server/app/config.h"

namespace prism::app {

/// What is asked of tokens on the command line.
struct TokenCommand
{
    QString command;      ///< create, list, rotate, revoke or approve
    QString id;           ///< of the token that is rotated or revoked; the code of a dashboard that is let in
    QString name;         ///< of the one that is created
    QString role;         ///< of the same, or of the dashboard
    QStringList projects; ///< that the same is limited to
    QString days;         ///< how long it is good; empty for as long as it usually is
};

/// Nothing where this is none.
std::optional<TokenCommand> readTokenCommand(const QStringList& arguments, const QString& name,
                                             const QString& role, const QStringList& projects,
                                             const QString& days);

/// Has it done, on the database itself or by the server that has it: what is to be said of it, in lines.
protocol::Result<QStringList> runTokenCommand(const TokenCommand& command, const Config& config);

} // namespace prism::app
