#pragma once

#include "server/store/tables/check_reader.h"
#include "server/store/write_connection.h"

#include <set>

namespace prism::store {

/// A check before and after something else was said of it, with the violations that this is about alone, and
/// the counts of all. The same where it was so already.
struct MarkedCheck
{
    protocol::Check before;
    protocol::Check after;
    bool imported = false;
};

/// Writes down the runs of quality gates and their violations. Lives on its connection's thread.
class CheckWriter : public CheckReader
{
public:
    explicit CheckWriter(WriteConnection& connection)
        : CheckReader(connection)
        , m_connection(connection)
    {
    }

    /// Its number; nothing when a check with its id is there already. `imported` says that it was brought in
    /// from elsewhere afterwards.
    Result<std::optional<qint64>> insert(const protocol::Check& check, bool imported = false);

    /// Begins to write a check a part at a time: it is not there before finish(). Its number.
    Result<qint64> begin(const protocol::Check& check);

    /// Writes some of its violations, the first of which is the one at `position`, from 0 on.
    Result<void> addPart(qint64 ordinal, const QList<protocol::Violation>& violations, qsizetype position);

    /// All of its parts are written, as `written` has them: what the check says of its violations may have
    /// changed since. Whether it is there now: not when a check with its id is there already.
    Result<bool> finish(qint64 ordinal, const protocol::Check& check, bool imported,
                        const QList<protocol::Violation>& written);

    /// Removes of the checks that are not whole, but for those that are being written, about `most` rows, the
    /// oldest first; how many.
    Result<int> removeParts(const std::set<qint64>& inWriting, int most);

    /// Says of the violation at `position`, from 0 on, whether it is a false positive. A status that is what
    /// the violations that count say follows them. NotFound.
    Result<MarkedCheck> mark(const QString& id, qint64 position, bool falsePositive);

    /// Gives the check with this id the status, the violations and the address of this one; all else stays.
    /// NotFound.
    Result<MarkedCheck> retell(const protocol::Check& check);

    /// How many that are older than this may be removed at once: `most` at the most, and fewer of those with
    /// very many violations.
    Result<int> due(protocol::Timestamp olderThan, int most);

    /// Removes so many of the oldest that are older than this; how many. Of one with very many violations the
    /// parts are left to removeParts().
    Result<int> removeOldest(protocol::Timestamp olderThan, int checks);

private:
    Result<int> removePart(qint64 ordinal, int most);
    Result<std::optional<qint64>> insertRow(const protocol::Check& check, const QString& id, bool imported,
                                            bool whole);
    Result<void> setMark(qint64 check, qint64 position, bool falsePositive);
    Result<void> updateCounts(qint64 ordinal, const protocol::Check& check);
    Result<void> insertViolation(qint64 check, qint64 position, const protocol::Violation& violation);

    WriteConnection& m_connection;
};

} // namespace prism::store
