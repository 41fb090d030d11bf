#pragma once

#include "server/store/tables/hook_book.h"
#include "server/store/writing/write_queue.h"
#include "shared/protocol/error.h"

#include <QJsonObject>

#include <functional>

namespace prism::app {

/// Carries out what sub-commands ask of whoever has the database, be it a server or themselves: a line of
/// JSON {database, command, …}, answered by an envelope. What it borrows outlives it.
class AdminCommands
{
public:
    AdminCommands(const QString& databaseFile, store::WriteQueue& writes, store::HookBook& hooks,
                  int mostHooks)
        : m_databaseFile(databaseFile)
        , m_writes(writes)
        , m_hooks(hooks)
        , m_mostHooks(mostHooks)
    {
    }

    /// Called once, on any thread.
    using Answer = std::function<void(const QByteArray& envelope)>;

    void carryOut(const QByteArray& request, const Answer& answer);

private:
    protocol::Result<void> begin(const QByteArray& line, const Answer& answer);

    const QString m_databaseFile;
    store::WriteQueue& m_writes;
    store::HookBook& m_hooks;
    const int m_mostHooks;
};

} // namespace prism::app
