#include "server/store/tables/token_reader.h"

#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::store {

namespace {

constexpr auto columns = "SELECT id, name, role, hash, previous, previous_until, created_at, created_by, "
                         "expires_at, used_at, projects FROM tokens ";

protocol::Reach reachIn(const Rows& rows, int column)
{
    const QJsonDocument list = QJsonDocument::fromJson(rows.bytes(column));
    if (!list.isArray())
        return protocol::Reach::nothing();
    QStringList projects;
    const QJsonArray names = list.array();
    for (const auto& project : names)
        projects.append(project.toString());
    return protocol::Reach(projects);
}

Token tokenAt(const Rows& rows)
{
    Token token;
    token.id = rows.text(0);
    token.name = rows.text(1);
    token.role = protocol::valueOf(protocol::roleNames, rows.text(2)).value_or(protocol::Role::Anyone);
    token.hash = rows.bytes(3);
    token.previous = rows.bytes(4);
    token.previousUntil = protocol::fromMillis(rows.integer(5));
    token.created = protocol::fromMillis(rows.integer(6));
    token.createdBy = rows.text(7);
    token.expires = protocol::fromMillis(rows.integer(8));
    if (!rows.isNull(9))
        token.used = protocol::fromMillis(rows.integer(9));
    token.reach = reachIn(rows, 10);
    return token;
}

Result<std::vector<Token>> tokensOf(Rows rows)
{
    std::vector<Token> tokens;
    while (rows.next())
        tokens.push_back(tokenAt(rows));
    if (const auto error = rows.error())
        return Failure(*error);
    return tokens;
}

} // namespace

Result<std::vector<Token>> TokenReader::all()
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(QByteArray(columns) + "ORDER BY created_at, id"));
    return tokensOf(std::move(rows));
}

Result<std::optional<Token>> TokenReader::find(const QString& id)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(QByteArray(columns) + "WHERE id = ?", {id}));
    PRISM_TRY_ASSIGN(const std::vector<Token> tokens, tokensOf(std::move(rows)));
    return tokens.empty() ? std::nullopt : std::optional(tokens.front());
}

} // namespace prism::store
