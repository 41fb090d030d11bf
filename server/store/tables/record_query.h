#pragma once

#include "shared/protocol/record.h"

#include <QByteArray>
#include <QList>

#include <limits>
#include <optional>

namespace prism::store {

/// Stored is the order in which the database got the records: that of their ordinals.
enum class RecordOrder { Name, CreatedAt, UpdatedAt, Stored };

/// A place in a list of records: the values, in the list's order, of the entry it stands behind. Records are
/// told apart by name, by id, by (updatedAt, ordinal), or by ordinal, and by nothing else.
struct RecordCursor
{
    RecordOrder order = RecordOrder::CreatedAt;
    QString name;
    QByteArray id; ///< 16 bytes
    qint64 updatedAt = 0;
    qint64 ordinal = 0;

    QString toText() const;

    /// Nothing when the text was not made by toText() of a cursor of this order.
    static std::optional<RecordCursor> fromText(const QString& text, RecordOrder order);
};

/// What a list of records is to contain.
struct RecordQuery
{
    int page = 1;   ///< from 1; not looked at when there is a cursor
    int limit = 20; ///< 1 to 100
    RecordOrder order = RecordOrder::CreatedAt;
    bool ascending = false;
    std::optional<protocol::RecordType> type;
    QString search;                    ///< in name and description, ignoring case; empty for all
    std::optional<RecordCursor> after; ///< go on behind this entry
    qint64 bytes = std::numeric_limits<qint64>::max(); ///< of the records at most, see PageRoom

    /// Whether the search text is long enough for the index of texts: three characters.
    bool isIndexedSearch() const;

    /// The order of the list, which is that of its cursors: Stored for an indexed search where CreatedAt was
    /// asked for. The two differ only where the clock was set back or records came at the same time.
    RecordOrder listOrder() const;
};

struct RecordPage
{
    QList<QByteArray> records;        ///< each as JSON
    std::optional<qint64> total;      ///< nothing for a search, or behind a cursor
    std::optional<RecordCursor> next; ///< nothing at the end
};

} // namespace prism::store
