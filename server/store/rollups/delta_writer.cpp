#include "server/store/rollups/delta_writer.h"

#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

using analytics::PrincipleCounts;
using analytics::RollupDelta;
using protocol::Timestamp;
using protocol::toMillis;

namespace {

/// For those who ask now and then: what they have is brought up to date by what changed since.
constexpr qint64 foldedKept = 1'024;
constexpr qint64 foldedKeptOfScope = 64; // of each of the thousands there may be

} // namespace

Result<void> DeltaWriter::append(Timestamp quarter, const RollupDelta& delta)
{
    const PrincipleCounts& all = delta.principles;
    if (all.size() <= principlesARow)
        return appendRow(quarter, delta);
    for (std::size_t from = 0; from < all.size(); from += principlesARow) {
        const std::size_t to = std::min(all.size(), from + principlesARow);
        RollupDelta part;
        if (from == 0)
            part.rollup = delta.rollup;
        part.principles.assign(all.begin() + std::ptrdiff_t(from), all.begin() + std::ptrdiff_t(to));
        PRISM_TRY(appendRow(quarter, part));
    }
    return {};
}

Result<void> DeltaWriter::appendRow(Timestamp quarter, const RollupDelta& delta)
{
    PRISM_TRY(scope() == everything
                  ? m_connection.execute("INSERT INTO rollup_deltas (scope, start, content) VALUES (?, ?, ?)",
                                         {scope(), toMillis(quarter), delta.encode()})
                  : m_connection.execute("INSERT INTO scope_deltas (scope, ordinal, start, content) VALUES "
                                         "(?, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM scope_deltas WHERE "
                                         "scope = ?), ?, ?)",
                                         {scope(), scope(), toMillis(quarter), delta.encode()}));
    return {};
}

/// The newest always stays, so that its number is not given again.
Result<void> DeltaWriter::noteFolded(qint64 ordinal)
{
    if (scope() == everything) {
        PRISM_TRY(m_connection.execute("UPDATE rollup_progress SET folded = ?", {ordinal}));
        PRISM_TRY(
            m_connection.execute("DELETE FROM rollup_deltas WHERE ordinal <= ?", {ordinal - foldedKept}));
    } else {
        PRISM_TRY(m_connection.execute("UPDATE scopes SET folded = ? WHERE id = ?", {ordinal, scope()}));
        PRISM_TRY(m_connection.execute("DELETE FROM scope_deltas WHERE scope = ? AND ordinal <= ?",
                                       {scope(), ordinal - foldedKeptOfScope}));
    }
    return {};
}

} // namespace prism::store
