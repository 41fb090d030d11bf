#include "server/store/tables/record_counts.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<void> RecordCounts::write(WriteConnection& connection)
{
    for (std::size_t type = 0; type < m_counts.size(); ++type) {
        if (m_counts[type] == 0)
            continue;
        PRISM_TRY(
            connection.execute("INSERT INTO record_counts (type, count) VALUES (?, ?) ON CONFLICT (type) "
                               "DO UPDATE SET count = record_counts.count + excluded.count",
                               {type, m_counts[type]}));
    }
    m_counts = {};
    return {};
}

} // namespace prism::store
