#pragma once

#include "server/store/database.h"
#include "server/store/tables/time_page.h"
#include "shared/protocol/retro.h"

namespace prism::store {

/// Which retrospectives a list is to contain. Empty texts do not filter.
struct RetroQuery : TimePage
{
    std::optional<protocol::RetroType> type;
    QString project;
    QString user;
};

struct RetroPage
{
    QList<protocol::Retro> retros;
    std::optional<TimeCursor> next; ///< nothing at the end
};

/// The retrospectives. Lives on its database's thread.
class RetroTable
{
public:
    explicit RetroTable(Database& database)
        : m_database(database)
    {
    }

    /// Whether it was stored: not when one with its id is there already. `imported` says that it was brought
    /// in from elsewhere afterwards.
    Result<bool> insert(const protocol::Retro& retro, bool imported = false);

    Result<protocol::Retro> find(const QString& id);
    Result<RetroPage> list(const RetroQuery& query);

private:
    Database& m_database;
};

} // namespace prism::store
