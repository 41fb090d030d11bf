#pragma once

#include "server/service/actor.h"
#include "server/service/encoded.h"
#include "server/store/tables/token_book.h"
#include "server/store/writing/transaction.h"
#include "shared/protocol/json_reader.h"

#include <QJsonObject>

namespace prism::service {

/// A token that is wanted.
struct NewToken
{
    QString name;
    protocol::Role role = protocol::Role::Reporter;
    protocol::Reach reach = {};
    std::chrono::days life{365};
};

/// A token of which another secret is wanted.
struct Rotation
{
    QString id;
    std::chrono::hours overlap{24}; ///< for how long the one that it has is good as well
};

/// Reads {expiresInDays?}.
std::chrono::days readLife(protocol::ObjectReader& reader);

/// Reads {projects?}, of whoever has the role: an admin is not limited to projects.
protocol::Reach readReachOf(protocol::Role role, protocol::ObjectReader& reader);

/// Reads {name, role, projects?, expiresInDays?}.
NewToken readNewToken(protocol::ObjectReader& reader);

/// Reads {overlapHours?}: without an id.
Rotation readRotation(protocol::ObjectReader& reader);

/// How tokens are made, listed, rotated and revoked. On the writer's thread; `book`, which is brought up to
/// date with each commit, outlives it.
class Tokens
{
public:
    Tokens(store::TokenBook& book, int most)
        : m_book(book)
        , m_most(most)
    {
    }

    /// {token, id, name, role, projects?, createdAt, createdBy?, expiresAt}: nobody is told the token again.
    /// Quota.
    protocol::Result<Encoded> create(store::Transaction& transaction, const Actor& actor,
                                     const NewToken& wanted) const;

    /// The same of all, without what one signs in by, and {usedAt?, previousUntil?}.
    static protocol::Result<Encoded> list(store::TokenReader& tokens);

    /// The same of one.
    static QJsonObject described(const store::Token& token);

    /// As create() of one that there is. NotFound.
    protocol::Result<Encoded> rotate(store::Transaction& transaction, const Actor& actor,
                                     const Rotation& wanted) const;

    /// {id}. NotFound.
    protocol::Result<Encoded> revoke(store::Transaction& transaction, const Actor& actor,
                                     const QString& id) const;

    /// When tokens were used last.
    static protocol::Result<void> noteUses(store::Transaction& transaction,
                                           const QHash<QString, protocol::Timestamp>& uses);

private:
    protocol::Result<void> publish(store::Transaction& transaction, const QString& what) const;

    store::TokenBook& m_book;
    const int m_most;
};

} // namespace prism::service
