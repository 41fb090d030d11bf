#pragma once

#include "server/app/config.h"

namespace prism::app {

/// What is asked of tokens on the command line.
struct TokenCommand
{
    QString command; ///< create, list, rotate or revoke
    QString id;      ///< of the token that is rotated or revoked
    QString name;    ///< of the one that is created, with its role
    QString role;
};

/// Nothing where this is none.
std::optional<TokenCommand> readTokenCommand(const QStringList& arguments, const QString& name,
                                             const QString& role);

/// Has it done, on the database itself or by the server that has it: what is to be said of it, in lines.
protocol::Result<QStringList> runTokenCommand(const TokenCommand& command, const Config& config);

} // namespace prism::app
