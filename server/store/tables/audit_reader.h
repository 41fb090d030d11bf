#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/time_page.h"

#include <QStringList>

namespace prism::store {

/// Which of what was done a list is to contain.
struct AuditQuery : TimePage
{
    QString tokenId; ///< empty for anybody's; so are the others
    QString action;  ///< the whole of it, or its beginning up to a dot, as "record"
    QString subject;
};

struct AuditPage
{
    QList<QByteArray> entries;      ///< each as JSON, a line
    std::optional<TimeCursor> next; ///< nothing at the end
};

/// Reads who did what. Lives on its connection's thread.
class AuditReader
{
public:
    explicit AuditReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// The newest first.
    Result<AuditPage> list(const AuditQuery& query);

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
