#include "server/store/rollups/principle_count_writer.h"

#include "server/store/rollups/principle_count_row.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::PrincipleCounts;
using protocol::Timestamp;
using protocol::toMillis;

Result<void> PrincipleCountWriter::add(Grain grain, Timestamp start, const PrincipleCounts& more)
{
    auto next = more.begin();
    while (next != more.end()) {
        const qint64 part = next->principle / numbersARow;
        PrincipleCounts ofRow;
        for (; next != more.end() && next->principle / numbersARow == part; ++next)
            ofRow.push_back(*next);
        PRISM_TRY(addToRow(grain, start, part, ofRow));
    }
    return {};
}

Result<void> PrincipleCountWriter::addToRow(Grain grain, Timestamp start, qint64 part,
                                            const PrincipleCounts& more)
{
    PrincipleCounts counts;
    PRISM_TRY(forEach(grain, {start, start + std::chrono::milliseconds(1)},
                      {part * numbersARow, (part + 1) * numbersARow},
                      [&counts](Timestamp, const PrincipleCounts& stored) -> Result<void> {
                          counts = stored;
                          return {};
                      }));
    PRISM_TRY(m_connection.execute(
        "INSERT INTO principle_counts (scope, grain, start, part, counts) VALUES (?, ?, ?, ?, ?) ON CONFLICT "
        "(scope, grain, start, part) DO UPDATE SET counts = excluded.counts",
        {m_scope, int(grain), toMillis(start), part,
         principle_count_row::encode(part, analytics::sumOf(counts, more))}));
    return {};
}

} // namespace prism::store
