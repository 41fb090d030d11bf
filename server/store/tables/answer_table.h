#pragma once

#include "server/store/database.h"
#include "shared/protocol/timestamp.h"

#include <optional>
#include <utility>

namespace prism::store {

/// What a write was answered with, for a caller who asks the same again.
struct StoredAnswer
{
    QByteArray request; ///< a hash of what was asked
    int status = 200;
    QByteArray headers; ///< lines of "Name: value"
    QByteArray body;
};

/// The answers to writes that carried an Idempotency-Key, by a hash of the key and of whom and what it was
/// for. Lives on its database's thread.
class AnswerTable
{
public:
    explicit AnswerTable(Database& database)
        : m_database(database)
    {
    }

    /// Nothing when no answer that is younger than `oldest` is remembered.
    Result<std::optional<StoredAnswer>> find(const QByteArray& key, protocol::Timestamp oldest);

    Result<void> remember(const QByteArray& key, const StoredAnswer& answer, protocol::Timestamp now);

    /// How many remember() stored since this was asked last, those of writes that were rolled back included.
    int takeRemembered() { return std::exchange(m_remembered, 0); }

    /// When the oldest answer there is was given.
    Result<std::optional<protocol::Timestamp>> oldest();

    /// Forgets answers from before `oldest`, `most` of them at the most; how many.
    Result<int> trim(protocol::Timestamp oldest, int most);

private:
    Database& m_database;
    int m_remembered = 0;
};

} // namespace prism::store
