#pragma once

#include <QByteArray>

namespace prism::store {

/// The columns of a check's row, in the order in which they are read.
namespace check_column {
enum : int {
    Ordinal,
    Id,
    Timestamp,
    Status,
    Duration,
    User,
    Session,
    Project,
    Imported,
    Gate,
    Branch,
    Commit,
    Url,
    Origin,
    Blocks,
    Warnings,
    Infos,
    FalsePositives
};
} // namespace check_column

inline QByteArray checkColumns()
{
    return "ordinal, id, timestamp, status, duration, \"user\", session, project, imported, gate, branch, "
           "commit_id, url, origin, blocks, warnings, infos, false_positives";
}

} // namespace prism::store
