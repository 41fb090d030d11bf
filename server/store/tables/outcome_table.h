#pragma once

#include "server/store/database.h"
#include "shared/protocol/timestamp.h"

#include <optional>
#include <utility>

namespace prism::store {

/// What came of a write, for a caller who asks the same again.
struct StoredOutcome
{
    QByteArray request; ///< a hash of what was asked
    QByteArray outcome; ///< as whoever wrote it reads it; not looked into here
};

/// What came of writes that may be sent twice, by a key that names whom and what each was for. Lives on its
/// database's thread.
class OutcomeTable
{
public:
    explicit OutcomeTable(Database& database)
        : m_database(database)
    {
    }

    /// Nothing when no outcome that is younger than `oldest` is remembered.
    Result<std::optional<StoredOutcome>> find(const QByteArray& key, protocol::Timestamp oldest);

    Result<void> remember(const QByteArray& key, const StoredOutcome& outcome, protocol::Timestamp now);

    /// How many remember() stored since this was asked last, those of writes that were rolled back included.
    int takeRemembered() { return std::exchange(m_remembered, 0); }

    /// When the oldest there is was remembered.
    Result<std::optional<protocol::Timestamp>> oldest();

    /// Forgets outcomes from before `oldest`, `most` of them at the most; how many.
    Result<int> trim(protocol::Timestamp oldest, int most);

private:
    Database& m_database;
    int m_remembered = 0;
};

} // namespace prism::store
