#include "server/service/rules.h"

#include "server/service/change.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::service {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using rules::Edition;
using store::StoredRules;

namespace {

QByteArray updateData(const StoredRules& stored)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    json.field(QLatin1String("version"), stored.version);
    json.field(QLatin1String("builtIn"), false);
    json.field(QLatin1String("createdAt"), stored.createdAt);
    if (stored.restoredFrom)
        json.field(QLatin1String("restoredFrom"), *stored.restoredFrom);
    json.field(QLatin1String("principles"), stored.principles);
    json.field(QLatin1String("timestamp"), stored.createdAt);
    json.endObject();
    return text;
}

} // namespace

Result<AdoptedRules> Rules::adopt(store::Transaction& transaction, const Actor& actor,
                                  const RuleChange& change) const
{
    store::RuleWriter& table = transaction.rules();
    const StoredRules next{0, protocol::now(), qint64(change.rules->principles().size()), change.restoredFrom,
                           change.rules->document()};
    PRISM_TRY_ASSIGN(const qint64 before, table.head());
    PRISM_TRY_ASSIGN(const StoredRules& added, table.add(next, m_versionsKept));
    PRISM_TRY(Change(transaction, actor)
                  .announce(protocol::event_type::principlesUpdated, QString(), updateData(added),
                            added.createdAt));
    const auto version = [](qint64 number) { return "{\"version\":" + QByteArray::number(number) + '}'; };
    PRISM_TRY(
        Change(transaction, actor)
            .note("rules.update", QStringLiteral("principles"), version(before), version(added.version)));
    transaction.whenCommitted(
        [&book = m_book, edition = Edition{added.version, added.createdAt, added.restoredFrom,
                                           change.rules}] { book.publish(edition); });
    return AdoptedRules{added};
}

Result<StoredRules> storedRules(store::ReadConnection& database, qint64 version)
{
    if (version != 0)
        return store::RuleReader(database).find(version);
    const QJsonObject file = rules::builtInFile();
    StoredRules builtIn;
    builtIn.principles = file.value(QLatin1String("principles")).toArray().size();
    builtIn.document = QJsonDocument(file).toJson(QJsonDocument::Compact);
    return builtIn;
}

Result<Edition> compiled(const StoredRules& stored, const std::function<bool()>& isEnough)
{
    QJsonParseError problem;
    const QJsonDocument file = QJsonDocument::fromJson(stored.document, &problem);
    if (!file.isObject())
        return Failure(
            Error{ErrorCode::Internal, QStringLiteral("The stored rules of version %1 cannot be read: %2.")
                                           .arg(stored.version)
                                           .arg(problem.errorString())});
    PRISM_TRY_ASSIGN(const rules::RuleSetPtr rules, rules::RuleSet::makeOfStored(file.object(), isEnough));
    return Edition{stored.version, stored.createdAt, stored.restoredFrom, rules};
}

Result<Edition> newestRules(store::ReadConnection& database)
{
    PRISM_TRY_ASSIGN(const qint64 head, store::RuleReader(database).head());
    PRISM_TRY_ASSIGN(const StoredRules& stored, storedRules(database, head));
    return Edition{stored.version, stored.createdAt, stored.restoredFrom, nullptr};
}

} // namespace prism::service
