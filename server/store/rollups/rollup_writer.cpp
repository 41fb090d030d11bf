#include "server/store/rollups/rollup_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

using analytics::Rollup;
using protocol::Timestamp;
using protocol::toMillis;

Result<void> RollupWriter::write(Grain grain, Timestamp start, const Rollup& rollup, protocol::Seq revision)
{
    const QByteArray figures = encode(rollup.all().figures);
    const QByteArray content = rollup.encode();
    PRISM_TRY(grain == Grain::Quarter
                  ? m_connection.execute(
                        "INSERT INTO quarter_rollups (start, revision, figures, content) "
                        "VALUES (?, ?, ?, ?) ON CONFLICT (start) DO UPDATE SET revision = "
                        "excluded.revision, figures = excluded.figures, content = excluded.content",
                        {toMillis(start), revision, figures, content})
                  : m_connection.execute(
                        "INSERT INTO day_rollups (start, revision, users, users_estimated, figures, "
                        "content) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (start) DO UPDATE SET "
                        "revision = excluded.revision, users = excluded.users, users_estimated = "
                        "excluded.users_estimated, figures = excluded.figures, content = "
                        "excluded.content",
                        {toMillis(start), revision, rollup.users().count(),
                         rollup.users().isEstimated() ? 1 : 0, figures, content}));
    return {};
}

Result<void> RollupWriter::clear(Grain grain)
{
    PRISM_TRY(m_connection.execute(grain == Grain::Quarter ? "DELETE FROM quarter_rollups"
                                                           : "DELETE FROM day_rollups"));
    return {};
}

} // namespace prism::store
