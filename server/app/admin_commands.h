#pragma once

#include "server/app/config.h"
#include "server/app/opened_database.h"
#include "server/service/hooks.h"
#include "server/service/pairing.h"
#include "server/service/tokens.h"
#include "server/store/writing/write_queue.h"

#include <functional>

namespace prism::app {

/// What there is to be carried out.
struct AdminUseCases
{
    service::Hooks hooks;
    service::Tokens tokens;
    service::Pairing pairing;
};

/// Carries out what sub-commands ask of whoever has the database, be it a server or themselves: a line of
/// JSON {database, command, …}, answered by an envelope. What it borrows outlives it.
class AdminCommands
{
public:
    AdminCommands(const Config& config, store::WriteQueue& writes, OpenedDatabase& opened,
                  service::Pairings& pairings)
        : m_databaseFile(config.databaseFile)
        , m_writes(writes)
        , m_useCases{service::Hooks(opened.hooks, config.mostHooks),
                     service::Tokens(opened.tokens, config.mostTokens),
                     service::Pairing(pairings, service::Tokens(opened.tokens, config.mostTokens))}
    {
    }

    /// Called once, on any thread.
    using Answer = std::function<void(const QByteArray& envelope)>;

    void carryOut(const QByteArray& request, const Answer& answer);

private:
    protocol::Result<void> begin(const QByteArray& line, const Answer& answer);

    const QString m_databaseFile;
    store::WriteQueue& m_writes;
    const AdminUseCases m_useCases;
};

} // namespace prism::app
