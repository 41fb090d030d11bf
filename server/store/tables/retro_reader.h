#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/time_page.h"
#include "shared/protocol/retro.h"

namespace prism::store {

/// Which retrospectives a list is to contain. Empty texts and no projects do not filter.
struct RetroQuery : TimePage
{
    std::optional<protocol::RetroType> type;
    QStringList projects;
    QString user;
};

struct RetroPage
{
    QList<QByteArray> retros;       ///< each as JSON
    std::optional<TimeCursor> next; ///< nothing at the end
};

/// Reads the retrospectives. Lives on its connection's thread.
class RetroReader
{
public:
    explicit RetroReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    Result<protocol::Retro> find(const QString& id);
    Result<RetroPage> list(const RetroQuery& query);

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
