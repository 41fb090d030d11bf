#include "server/store/tables/record_search.h"

#include <array>
#include <limits>

namespace prism::store {

namespace {

/// Sorting more matches than these takes longer than walking all records in their order, where a word that is
/// so common soon fills a page.
constexpr int mostSorted = 5000;

QString likePattern(QString search)
{
    search.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    search.replace(QLatin1Char('%'), QLatin1String("\\%"));
    search.replace(QLatin1Char('_'), QLatin1String("\\_"));
    return QLatin1Char('%') + search + QLatin1Char('%');
}

/// All three characters in a row of the text, each quoted. The index does not know where in a text they are,
/// so it names every record that has the text, and some that have only its pieces.
QString matchExpression(const QString& search)
{
    const QList<uint> characters = search.toUcs4();
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
    return name + QLatin1Char('\n') + description.value_or(QString());
}

} // namespace

void RecordSearch::addCondition(Filter& filter, const QString& text)
{
    const QString pattern = likePattern(text);
    filter.add("(name LIKE ? ESCAPE '\\' OR description LIKE ? ESCAPE '\\')", {pattern, pattern});
}

Result<bool> RecordSearch::narrow(Filter& filter, const RecordQuery& query)
{
    const QString match = matchExpression(query.search);
    const Result<qint64> last = watermark();
    if (!last)
        return Failure(last.error());
    Result<Rows> matches = m_database.select(
        "SELECT COUNT(*) FROM (SELECT 1 FROM record_search WHERE record_search MATCH ? LIMIT ?)",
        {match, mostSorted + 1});
    if (!matches)
        return Failure(matches.error());
    if (!matches->next() || matches->integer(0) > mostSorted)
        return false;
    filter.add("ordinal IN (SELECT rowid FROM record_search WHERE record_search MATCH ? "
               "UNION ALL SELECT ordinal FROM records WHERE ordinal > ?)",
               {match, *last});
    return true;
}

Result<RecordPage> RecordSearch::walk(const RecordQuery& query)
{
    const Result<qint64> last = watermark();
    if (!last)
        return Failure(last.error());
    const auto parts =
        query.ascending ? std::array{Part::Indexed, Part::Waiting} : std::array{Part::Waiting, Part::Indexed};
    RecordPage page;
    RecordCursor place{RecordOrder::Stored, {}, {}, 0, 0};
    qint64 skip = query.after ? 0 : qint64(query.page - 1) * query.limit;
    for (const Part part : parts) {
        Result<Rows> rows = read(query, part, *last);
        if (!rows)
            return Failure(rows.error());
        while (rows->next()) {
            if (skip > 0) {
                --skip;
                continue;
            }
            if (page.records.size() == query.limit) {
                page.next = place;
                return page;
            }
            page.records.append(rows->bytes(0));
            place.ordinal = rows->integer(1);
        }
        if (const auto error = rows->error())
            return Failure(*error);
    }
    return page;
}

/// The type is compared as an expression, for its index would give the rows in another order, to be sorted.
Result<Rows> RecordSearch::read(const RecordQuery& query, Part part, qint64 watermark)
{
    const bool isIndexed = part == Part::Indexed;
    qint64 low = isIndexed ? 1 : watermark + 1;
    qint64 high = isIndexed ? watermark : std::numeric_limits<qint64>::max();
    if (query.after && query.ascending)
        low = std::max(low, query.after->ordinal + 1);
    else if (query.after)
        high = std::min(high, query.after->ordinal - 1);

    Filter filter;
    if (isIndexed)
        filter.add("record_search MATCH ?", {matchExpression(query.search)});
    filter.add(isIndexed ? "record_search.rowid BETWEEN ? AND ?" : "ordinal BETWEEN ? AND ?", {low, high});
    addCondition(filter, query.search);
    if (query.type)
        filter.add("+type = ?", {int(*query.type)});
    const QByteArray order = isIndexed ? "record_search.rowid" : "ordinal";
    return m_database.select((isIndexed ? "SELECT json, ordinal FROM record_search CROSS JOIN records "
                                          "ON ordinal = record_search.rowid"
                                        : "SELECT json, ordinal FROM records") +
                                 filter.where() + " ORDER BY " + order + (query.ascending ? "" : " DESC"),
                             filter.values({}));
}

/// A record that waits has no row here, and then nothing is changed.
Result<void> RecordSearch::change(qint64 ordinal, const QString& name,
                                  const std::optional<QString>& description)
{
    const Result<int> changed = m_database.execute("UPDATE record_search SET text = ? WHERE rowid = ?",
                                                   {indexedText(name, description), ordinal});
    if (!changed)
        return Failure(changed.error());
    return {};
}

Result<void> RecordSearch::forget(qint64 ordinal)
{
    const Result<int> removed = m_database.execute("DELETE FROM record_search WHERE rowid = ?", {ordinal});
    if (!removed)
        return Failure(removed.error());
    const Result<int> lowered = m_database.execute(
        "UPDATE record_search_progress SET watermark = (SELECT COALESCE(MAX(ordinal), 0) FROM records) "
        "WHERE watermark > (SELECT COALESCE(MAX(ordinal), 0) FROM records)");
    if (!lowered)
        return Failure(lowered.error());
    return {};
}

Result<qint64> RecordSearch::waiting()
{
    Result<Rows> rows = m_database.select("SELECT COALESCE((SELECT MAX(ordinal) FROM records), 0) - "
                                          "watermark FROM record_search_progress");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? rows->integer(0) : 0;
}

Result<int> RecordSearch::index(int most)
{
    const Result<qint64> last = watermark();
    if (!last)
        return Failure(last.error());
    const Result<int> added = m_database.execute(
        "INSERT INTO record_search (rowid, text) "
        "SELECT ordinal, name || char(10) || COALESCE(description, '') FROM records WHERE ordinal > ? "
        "ORDER BY ordinal LIMIT ?",
        {*last, most});
    if (!added || *added == 0)
        return added;
    const Result<int> moved =
        m_database.execute("UPDATE record_search_progress SET watermark = (SELECT MAX(ordinal) FROM "
                           "(SELECT ordinal FROM records WHERE ordinal > ? ORDER BY ordinal LIMIT ?))",
                           {*last, most});
    return moved ? added : moved;
}

Result<qint64> RecordSearch::watermark()
{
    Result<Rows> rows = m_database.select("SELECT watermark FROM record_search_progress");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? rows->integer(0) : 0;
}

} // namespace prism::store
