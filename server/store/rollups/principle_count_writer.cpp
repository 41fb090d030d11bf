#include "server/store/rollups/principle_count_writer.h"

#include "server/store/rollups/principle_count_row.h"
#include "shared/protocol/try.h"

namespace prism::store {

using analytics::PrincipleCounts;
using protocol::Timestamp;
using protocol::toMillis;

Result<PrincipleCountWriter::Rows> PrincipleCountWriter::sums(Grain grain, Timestamp start,
                                                              const PrincipleCounts& more)
{
    Rows rows;
    auto next = more.begin();
    while (next != more.end()) {
        const qint64 part = next->principle / numbersARow;
        PrincipleCounts ofRow;
        for (; next != more.end() && next->principle / numbersARow == part; ++next)
            ofRow.push_back(*next);
        PRISM_TRY(forEach(grain, {start, start + std::chrono::milliseconds(1)},
                          {part * numbersARow, (part + 1) * numbersARow},
                          [&ofRow](Timestamp, const PrincipleCounts& stored) -> Result<void> {
                              ofRow = analytics::sumOf(stored, ofRow);
                              return {};
                          }));
        rows.push_back({part, std::move(ofRow)});
    }
    return rows;
}

Result<void> PrincipleCountWriter::write(Grain grain, Timestamp start, const Rows& rows)
{
    for (const Row& row : rows)
        PRISM_TRY(m_connection.execute(
            "INSERT INTO principle_counts (scope, grain, start, part, counts) VALUES (?, ?, ?, ?, ?) ON "
            "CONFLICT (scope, grain, start, part) DO UPDATE SET counts = excluded.counts",
            {m_scope, int(grain), toMillis(start), row.part,
             principle_count_row::encode(row.part, row.counts)}));
    return {};
}

Result<void> PrincipleCountWriter::add(Grain grain, Timestamp start, const PrincipleCounts& more)
{
    PRISM_TRY_ASSIGN(const Rows rows, sums(grain, start, more));
    return write(grain, start, rows);
}

} // namespace prism::store
