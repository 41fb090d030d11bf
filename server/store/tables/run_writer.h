#pragma once

#include "server/store/write_connection.h"
#include "shared/protocol/timestamp.h"

#include <QByteArray>

#include <optional>
#include <tuple>

namespace prism::store {

/// Which telling of a run it is: that of a later attempt goes before an earlier one's, and of the same
/// attempt the later one.
struct Edition
{
    qint64 attempt = 0;
    protocol::Timestamp at = {};

    friend bool operator<(const Edition& one, const Edition& other)
    {
        return std::tie(one.attempt, one.at) < std::tie(other.attempt, other.at);
    }
};

/// How a run was told last.
struct ToldEdition
{
    Edition edition;
    QByteArray content; ///< a hash of what it said
};

/// Keeps how the runs were told last whose checks came by hooks. It goes with the check. Lives on its
/// connection's thread.
class RunWriter
{
public:
    explicit RunWriter(WriteConnection& connection)
        : m_connection(connection)
    {
    }

    /// By the id of its check; nothing where no such check came by a hook.
    Result<std::optional<ToldEdition>> find(const QString& checkId);

    /// The check is there.
    Result<void> note(const QString& checkId, const ToldEdition& told);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
