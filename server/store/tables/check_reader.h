#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/time_page.h"
#include "shared/protocol/check.h"

namespace prism::store {

/// Stands for a duration that is not known.
constexpr double unknownDuration = -1;

/// The duration that this column of the current row has.
std::optional<double> durationIn(const Rows& rows, int column);

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
    QList<QByteArray> checks;       ///< each as JSON
    std::optional<TimeCursor> next; ///< nothing at the end
};

/// Reads the runs of quality gates and their violations. Lives on its connection's thread.
class CheckReader
{
public:
    explicit CheckReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    Result<protocol::Check> find(const QString& id);
    Result<CheckPage> list(const CheckQuery& query);

protected:
    struct Row
    {
        qint64 ordinal = 0;
        bool imported = false;
        protocol::Check check;
    };

    Result<Row> findRow(const QString& id);

private:
    Result<QList<protocol::Violation>> violationsOf(qint64 ordinal);

    ReadConnection& m_connection;
};

} // namespace prism::store
