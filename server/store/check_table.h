#pragma once

#include "server/store/database.h"
#include "server/store/time_page.h"
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

/// The runs of quality gates and their violations. Lives on its database's thread.
class CheckTable
{
public:
    explicit CheckTable(Database& database)
        : m_database(database)
    {
    }

    /// Whether it was stored: not when a check with its id is there already.
    Result<bool> insert(const protocol::Check& check);

    Result<protocol::Check> find(const QString& id);
    Result<CheckPage> list(const CheckQuery& query);

private:
    Result<QList<protocol::Violation>> violationsOf(qint64 ordinal);

    Database& m_database;
};

} // namespace prism::store
