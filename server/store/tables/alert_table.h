#pragma once

#include "server/store/database.h"
#include "server/store/tables/time_page.h"
#include "shared/protocol/alert.h"

namespace prism::store {

/// Which alerts a list is to contain.
struct AlertQuery : TimePage
{
    std::optional<protocol::AlertKind> kind;
    std::optional<protocol::AlertSeverity> severity;
    QString metric; ///< any when empty
    std::optional<bool> acknowledged;
};

struct AlertPage
{
    QList<protocol::Alert> alerts;
    std::optional<TimeCursor> next; ///< nothing at the end
};

/// What was out of the ordinary, and who has seen it. Lives on its database's thread.
class AlertTable
{
public:
    explicit AlertTable(Database& database)
        : m_database(database)
    {
    }

    /// The alert as it is stored now, or nothing when that changed nothing: it is there already. One that is
    /// there with a lower severity takes the severity, the numbers and the message of this one, and keeps the
    /// rest.
    Result<std::optional<protocol::Alert>> raise(const protocol::Alert& alert);

    /// Whether it was the first acknowledgement, which stays. NotFound when there is no such alert.
    Result<bool> acknowledge(const QString& id, const protocol::Acknowledgement& acknowledgement);

    Result<protocol::Alert> find(const QString& id);
    Result<AlertPage> list(const AlertQuery& query);

private:
    Result<std::optional<protocol::Alert>> stored(const QString& id);

    Database& m_database;
};

} // namespace prism::store
