#include "server/store/sqlite/trigram_index.h"

#include "server/store/page_room.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

#include <array>
#include <limits>

namespace prism::store::sqlite {

namespace {

/// Sorting more matches than these takes longer than walking all records in their order, where a word that is
/// so common soon fills a page.
constexpr int mostSorted = 5000;

/// All three characters in a row of the text, each quoted. The index does not know where in a text they are,
/// so it names every record that has the text, and some that have only its pieces.
QString matchExpression(const QString& search)
{
    const QList<uint> characters = protocol::folded(search).toUcs4();
    QStringList pieces;
    for (qsizetype i = 0; i + 3 <= characters.size(); ++i) {
        QString piece;
        for (const uint character : characters.mid(i, 3))
            piece += QChar::fromUcs4(character);
        pieces << QLatin1Char('"') + piece.replace(QLatin1Char('"'), QLatin1String("\"\"")) +
                      QLatin1Char('"');
    }
    pieces.removeDuplicates();
    return pieces.join(QLatin1String(" AND "));
}

QString indexedText(const QString& name, const std::optional<QString>& description)
{
    return protocol::folded(name + QLatin1Char('\n') + description.value_or(QString()));
}

/// The ordinal up to which records are in the index.
Result<qint64> reachOf(store::ReadConnection& connection)
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT watermark FROM record_search_progress"));
    return rows.next() ? rows.integer(0) : 0;
}

enum class Part { Indexed, Waiting };

void addTextCondition(Filter& filter, const QString& text)
{
    const QString sought = protocol::folded(text);
    filter.add("(search_has(name, ?) OR search_has(description, ?))", {sought, sought});
}

/// The type is compared as an expression, for its index would give the rows in another order, to be sorted.
Result<Rows> readPart(store::ReadConnection& connection, const RecordQuery& query, Part part, qint64 reach)
{
    const bool isIndexed = part == Part::Indexed;
    qint64 low = isIndexed ? 1 : reach + 1;
    qint64 high = isIndexed ? reach : std::numeric_limits<qint64>::max();
    if (query.after && query.ascending)
        low = std::max(low, query.after->ordinal + 1);
    else if (query.after)
        high = std::min(high, query.after->ordinal - 1);

    Filter filter;
    if (isIndexed)
        filter.add("record_search MATCH ?", {matchExpression(query.search)});
    filter.add(isIndexed ? "record_search.rowid BETWEEN ? AND ?" : "ordinal BETWEEN ? AND ?", {low, high});
    addTextCondition(filter, query.search);
    if (query.type)
        filter.add("+type = ?", {int(*query.type)});
    const QByteArray order = isIndexed ? "record_search.rowid" : "ordinal";
    return connection.select((isIndexed ? "SELECT json, ordinal FROM record_search CROSS JOIN records "
                                          "ON ordinal = record_search.rowid"
                                        : "SELECT json, ordinal FROM records") +
                                 filter.where() + " ORDER BY " + order + (query.ascending ? "" : " DESC"),
                             filter.values({}));
}

} // namespace

void TrigramIndex::addCondition(Filter& filter, const QString& text) const
{
    addTextCondition(filter, text);
}

Result<bool> TrigramIndex::narrow(store::ReadConnection& connection, Filter& filter,
                                  const RecordQuery& query) const
{
    const QString match = matchExpression(query.search);
    PRISM_TRY_ASSIGN(const qint64 reach, reachOf(connection));
    PRISM_TRY_ASSIGN(
        Rows matches,
        connection.select(
            "SELECT COUNT(*) FROM (SELECT 1 FROM record_search WHERE record_search MATCH ? LIMIT ?)",
            {match, mostSorted + 1}));
    if (!matches.next() || matches.integer(0) > mostSorted)
        return false;
    filter.add("ordinal IN (SELECT rowid FROM record_search WHERE record_search MATCH ? "
               "UNION ALL SELECT ordinal FROM records WHERE ordinal > ?)",
               {match, reach});
    return true;
}

Result<RecordPage> TrigramIndex::walk(store::ReadConnection& connection, const RecordQuery& query) const
{
    PRISM_TRY_ASSIGN(const qint64 reach, reachOf(connection));
    const auto parts =
        query.ascending ? std::array{Part::Indexed, Part::Waiting} : std::array{Part::Waiting, Part::Indexed};
    RecordPage page;
    PageRoom room(query.bytes);
    RecordCursor place{RecordOrder::Stored, {}, {}, 0, 0};
    qint64 skip = query.after ? 0 : qint64(query.page - 1) * query.limit;
    for (const Part part : parts) {
        PRISM_TRY_ASSIGN(Rows rows, readPart(connection, query, part, reach));
        while (rows.next()) {
            if (skip > 0) {
                --skip;
                continue;
            }
            const QByteArray json = rows.bytes(0);
            if (page.records.size() == query.limit || !room.take(json.size())) {
                page.next = place;
                return page;
            }
            page.records.append(json);
            place.ordinal = rows.integer(1);
        }
        if (const auto error = rows.error())
            return Failure(*error);
    }
    return page;
}

/// A record that waits has no row here, and then nothing is changed.
Result<void> TrigramIndex::change(store::WriteConnection& connection, qint64 ordinal, const QString& name,
                                  const std::optional<QString>& description) const
{
    PRISM_TRY(connection.execute("UPDATE record_search SET text = ? WHERE rowid = ?",
                                 {indexedText(name, description), ordinal}));
    return {};
}

Result<void> TrigramIndex::forget(store::WriteConnection& connection, qint64 ordinal) const
{
    PRISM_TRY(connection.execute("DELETE FROM record_search WHERE rowid = ?", {ordinal}));
    PRISM_TRY(connection.execute(
        "UPDATE record_search_progress SET watermark = (SELECT COALESCE(MAX(ordinal), 0) FROM records) "
        "WHERE watermark > (SELECT COALESCE(MAX(ordinal), 0) FROM records)"));
    return {};
}

Result<qint64> TrigramIndex::waiting(store::ReadConnection& connection) const
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT COALESCE((SELECT MAX(ordinal) FROM records), 0) - "
                                                  "watermark FROM record_search_progress"));
    return rows.next() ? rows.integer(0) : 0;
}

Result<int> TrigramIndex::index(store::WriteConnection& connection, int most) const
{
    PRISM_TRY_ASSIGN(const qint64 reach, reachOf(connection));
    const Result<int> added = connection.execute("INSERT INTO record_search (rowid, text) "
                                                 "SELECT ordinal, search_text(name || char(10) || "
                                                 "COALESCE(description, '')) FROM records WHERE ordinal > ? "
                                                 "ORDER BY ordinal LIMIT ?",
                                                 {reach, most});
    if (!added || *added == 0)
        return added;
    const Result<int> moved =
        connection.execute("UPDATE record_search_progress SET watermark = (SELECT MAX(ordinal) FROM "
                           "(SELECT ordinal FROM records WHERE ordinal > ? ORDER BY ordinal LIMIT ?))",
                           {reach, most});
    return moved ? added : moved;
}

} // namespace prism::store::sqlite
