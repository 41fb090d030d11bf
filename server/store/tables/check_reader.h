#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/check_query.h"
#include "shared/protocol/reach.h"

namespace prism::store {

/// Stands for a duration that is not known.
constexpr double unknownDuration = -1;

/// The duration that this column of the current row has.
std::optional<double> durationIn(const Rows& rows, int column);

/// Which of a check's violations a list is to contain.
struct ViolationQuery
{
    QString checkId;
    protocol::Reach reach = {};
    qint64 from = 0; ///< the place of the first, from 0 on
    int limit = 20;
    qint64 bytes = mostListBytes; ///< how much of encoded entries, see PageRoom
};

struct ViolationPage
{
    QList<QByteArray> violations; ///< each as JSON
    std::optional<qint64> next;   ///< nothing at the end
};

/// A check with the first of its violations.
struct FoundCheck
{
    protocol::Check check;
    std::optional<qint64> next; ///< the place of the first that is not among them; nothing where all are
};

struct CheckPage
{
    QList<QByteArray> checks;       ///< each as JSON, with the first of its violations
    std::optional<TimeCursor> next; ///< nothing at the end

    /// How far back it looked, where it has fewer than it might since it looked at as many as it may.
    std::optional<protocol::Timestamp> lookedTo;
};

/// Reads the runs of quality gates and their violations. A check of which parts are not written yet, or are
/// removed already, is not there, nor is one of a project beyond the reach of who asks. Lives on its
/// connection's thread.
class CheckReader
{
public:
    explicit CheckReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// Whether there is one with this very id.
    Result<bool> has(const QString& id);

    /// With as many of its violations as a list has by this size. NotFound.
    Result<FoundCheck> find(const QString& id, const protocol::Reach& reach = {},
                            qint64 bytes = mostListBytes);

    /// With as many of them as its excerpt lists, and the counts of all. NotFound.
    Result<protocol::Check> excerpt(const QString& id);

    /// With the one of them that is at `position`, from 0 on, and the counts of all. NotFound.
    Result<protocol::Check> withViolation(const QString& id, qint64 position,
                                          const protocol::Reach& reach = {});

    /// NotFound.
    Result<ViolationPage> violations(const ViolationQuery& query);

    /// The work grows with the rows that are passed over, up to query.rows, and not with the place of the
    /// page.
    Result<CheckPage> list(const CheckQuery& query);

protected:
    struct Row
    {
        qint64 ordinal = 0;
        bool imported = false;
        protocol::Check check;
    };

    /// Without violations, but with their counts.
    Result<Row> findRow(const QString& id, const protocol::Reach& reach = {});

    /// With the violation at `position` alone.
    Result<Row> findRow(const QString& id, qint64 position, const protocol::Reach& reach = {});

    /// Fewer than the limit where they have more bytes than there is room for.
    Result<QList<protocol::Violation>> violationsOf(qint64 ordinal, qint64 from, qint64 limit,
                                                    std::optional<PageRoom> room = {});

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
