#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/time_page.h"
#include "shared/protocol/false_positive.h"
#include "shared/protocol/reach.h"

#include <functional>

namespace prism::store {

/// Which of the findings that are marked as false positives a list is to contain.
struct FalsePositiveQuery : TimePage
{
    QStringList projects; ///< any where there is none; the empty one is that of checks that name none
};

struct FalsePositivePage
{
    QList<QByteArray> entries;      ///< each as JSON
    std::optional<TimeCursor> next; ///< nothing at the end
};

/// Reads which findings are remembered as false positives, and how often each was seen since. Lives on its
/// connection's thread.
class FalsePositiveReader
{
public:
    explicit FalsePositiveReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// The last one marked first.
    Result<FalsePositivePage> list(const FalsePositiveQuery& query);

    /// NotFound, also where it is of a project beyond the reach of who asks.
    Result<protocol::FalsePositive> find(const QString& id, const protocol::Reach& reach = {});

    /// Calls `each` with what every one of them is known by.
    struct Known
    {
        qint64 ordinal = 0;
        QString project;
        QString principleId;
        QByteArray key; ///< see analytics::findingKey()
    };
    Result<void> all(const std::function<void(const Known&)>& each);

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
