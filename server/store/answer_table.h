#pragma once

#include "server/store/database.h"
#include "shared/protocol/timestamp.h"

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

    /// Forgets answers from before `oldest`, `most` of them at the most; how many.
    Result<int> trim(protocol::Timestamp oldest, int most);

private:
    Database& m_database;
};

} // namespace prism::store
