#pragma once

#include "server/app/config.h"
#include "server/app/opened_database.h"
#include "server/service/hooks.h"
#include "server/service/tokens.h"
#include "server/store/writing/write_queue.h"

#include <functional>

namespace prism::app {

/// Carries out what sub-commands ask of whoever has the database, be it a server or themselves: a line of
/// JSON {database, command, …}, answered by an envelope. What it borrows outlives it.
class AdminCommands
{
public:
    AdminCommands(const Config& config, store::WriteQueue& writes, OpenedDatabase& opened)
        : m_databaseFile(config.databaseFile)
        , m_writes(writes)
        , m_hooks(opened.hooks, config.mostHooks)
        , m_tokens(opened.tokens, config.mostTokens)
    {
    }

    /// Called once, on any thread.
    using Answer = std::function<void(const QByteArray& envelope)>;

    void carryOut(const QByteArray& request, const Answer& answer);

private:
    protocol::Result<void> begin(const QByteArray& line, const Answer& answer);

    const QString m_databaseFile;
    store::WriteQueue& m_writes;
    const service::Hooks m_hooks;
    const service::Tokens m_tokens;
};

} // namespace prism::app
