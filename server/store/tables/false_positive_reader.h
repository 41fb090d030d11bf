#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/time_page.h"
#include "shared/protocol/false_positive.h"

#include <functional>

namespace prism::store {

/// Which of the findings that are marked as false positives a list is to contain.
struct FalsePositiveQuery : TimePage
{
    std::optional<QString> project; ///< the empty one is that of checks that name none
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

    /// NotFound.
    Result<protocol::FalsePositive> find(const QString& id);

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
