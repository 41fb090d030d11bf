#pragma once

#include "server/store/database.h"
#include "server/store/tables/time_page.h"
#include "shared/protocol/check.h"

#include <optional>

namespace prism::store {

/// Which checks a list is to contain. Empty texts do not filter.
struct CheckQuery : TimePage
{
    std::optional<protocol::CheckStatus> status;
    QString principle;
    QString project;
    QString user;
};

struct CheckPage
{
    QList<protocol::Check> checks;
    std::optional<TimeCursor> next; ///< nothing at the end
};

/// A check before and after one of its violations was marked. The same where it was marked so already.
struct MarkedCheck
{
    protocol::Check before;
    protocol::Check after;
    bool imported = false;
};

/// The runs of quality gates and their violations. Lives on its database's thread.
class CheckTable
{
public:
    explicit CheckTable(Database& database)
        : m_database(database)
    {
    }

    /// Whether it was stored: not when a check with its id is there already. `imported` says that it was
    /// brought in from elsewhere afterwards.
    Result<bool> insert(const protocol::Check& check, bool imported = false);

    /// Says of the violation at `position`, from 0 on, whether it is a false positive. NotFound.
    Result<MarkedCheck> mark(const QString& id, qint64 position, bool falsePositive);

    /// Removes the oldest that are older than this, `most` at the most; how many.
    Result<int> trim(protocol::Timestamp olderThan, int most);

    Result<protocol::Check> find(const QString& id);
    Result<CheckPage> list(const CheckQuery& query);

private:
    struct Row
    {
        qint64 ordinal = 0;
        bool imported = false;
        protocol::Check check;
    };

    Result<Row> findRow(const QString& id);
    Result<QList<protocol::Violation>> violationsOf(qint64 ordinal);

    Database& m_database;
};

} // namespace prism::store
