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

} // namespace

Result<void> DeltaWriter::append(Scope scope, Timestamp quarter, const RollupDelta& delta)
{
    const PrincipleCounts& all = delta.principles;
    if (all.size() <= principlesARow)
        return appendRow(scope, quarter, delta);
    for (std::size_t from = 0; from < all.size(); from += principlesARow) {
        const std::size_t to = std::min(all.size(), from + principlesARow);
        RollupDelta part;
        if (from == 0)
            part.rollup = delta.rollup;
        part.principles.assign(all.begin() + std::ptrdiff_t(from), all.begin() + std::ptrdiff_t(to));
        PRISM_TRY(appendRow(scope, quarter, part));
    }
    return {};
}

Result<void> DeltaWriter::appendRow(Scope scope, Timestamp quarter, const RollupDelta& delta)
{
    PRISM_TRY(m_connection.execute("INSERT INTO rollup_deltas (scope, start, content) VALUES (?, ?, ?)",
                                   {scope, toMillis(quarter), delta.encode()}));
    return {};
}

/// The newest always stays, so that its number is not given again.
Result<void> DeltaWriter::noteFolded(qint64 ordinal)
{
    PRISM_TRY(m_connection.execute("UPDATE rollup_progress SET folded = ?", {ordinal}));
    PRISM_TRY(m_connection.execute("DELETE FROM rollup_deltas WHERE ordinal <= ?", {ordinal - foldedKept}));
    return {};
}

} // namespace prism::store
