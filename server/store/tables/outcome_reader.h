#pragma once

#include "server/store/read_connection.h"
#include "shared/protocol/timestamp.h"

namespace prism::store {

/// What came of a write, for a caller who asks the same again.
struct StoredOutcome
{
    QByteArray request; ///< a hash of what was asked
    QByteArray outcome; ///< as whoever wrote it reads it; not looked into here
};

/// Reads what came of writes that may be sent twice, by a key that names whom and what each was for. Lives on
/// its connection's thread.
class OutcomeReader
{
public:
    explicit OutcomeReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// Nothing when no outcome that is younger than `oldest` is remembered.
    Result<std::optional<StoredOutcome>> find(const QByteArray& key, protocol::Timestamp oldest);

    /// When the oldest there is was remembered.
    Result<std::optional<protocol::Timestamp>> oldest();

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
