#include "server/store/rollups/rollup_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

using analytics::Rollup;
using protocol::Timestamp;
using protocol::toMillis;

Result<void> RollupWriter::write(Grain grain, Timestamp start, const Rollup& rollup)
{
    const QByteArray figures = encode(rollup.all().figures);
    const QByteArray content = rollup.encode();
    PRISM_TRY(grain == Grain::Quarter
                  ? m_connection.execute("INSERT INTO quarter_rollups (scope, start, figures, content) "
                                         "VALUES (?, ?, ?, ?) ON CONFLICT (scope, start) DO UPDATE SET "
                                         "figures = excluded.figures, content = excluded.content",
                                         {m_scope, toMillis(start), figures, content})
                  : m_connection.execute(
                        "INSERT INTO day_rollups (scope, start, users, users_estimated, figures, content) "
                        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (scope, start) DO UPDATE SET users = "
                        "excluded.users, users_estimated = excluded.users_estimated, figures = "
                        "excluded.figures, content = excluded.content",
                        {m_scope, toMillis(start), rollup.users().count(),
                         rollup.users().isEstimated() ? 1 : 0, figures, content}));
    return {};
}

} // namespace prism::store
