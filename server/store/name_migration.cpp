#include "server/store/name_migration.h"

#include "server/store/log.h"
#include "shared/protocol/record.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

#include <vector>

namespace prism::store {

namespace {

QString unified(const QString& name)
{
    return protocol::composed(name);
}

Result<std::vector<qint64>> differentlyNamed(WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT ordinal, name FROM records ORDER BY ordinal"));
    std::vector<qint64> ordinals;
    while (rows.next()) {
        const QString name = rows.text(1);
        if (unified(name) != name)
            ordinals.push_back(rows.integer(0));
    }
    if (const auto error = rows.error())
        return protocol::Failure(*error);
    return ordinals;
}

Result<bool> isTaken(WriteConnection& connection, const QString& name)
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT 1 FROM records WHERE name = ?", {name}));
    return rows.next();
}

Result<QString> freeName(WriteConnection& connection, const QString& wanted)
{
    constexpr qsizetype longest = 100;
    QString name = wanted;
    for (int number = 2;; ++number) {
        PRISM_TRY_ASSIGN(const bool taken, isTaken(connection, name));
        if (!taken)
            return name;
        const QString behind = QStringLiteral(" (%1)").arg(number);
        name = protocol::firstCharacters(wanted, longest - behind.size()) + behind;
    }
}

Result<QByteArray> jsonOf(WriteConnection& connection, qint64 ordinal)
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT json FROM records WHERE ordinal = ?", {ordinal}));
    return rows.next() ? rows.bytes(0) : QByteArray();
}

} // namespace

Result<void> unifyNames(WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(const std::vector<qint64> ordinals, differentlyNamed(connection));
    for (const qint64 ordinal : ordinals) {
        PRISM_TRY_ASSIGN(const QByteArray json, jsonOf(connection, ordinal));
        Result<protocol::Record> record = protocol::decodeRecord(json);
        if (!record) {
            qCWarning(lcStore) << "a stored record cannot be read and keeps its name, ordinal" << ordinal;
            continue;
        }
        PRISM_TRY_ASSIGN(const QString name, freeName(connection, unified(record->name)));
        if (name != unified(record->name))
            qCWarning(lcStore).noquote() << "two records had one name; one is now" << name;
        record->name = name;
        ++record->version;
        PRISM_TRY(connection.execute("UPDATE records SET name = ?, version = ?, json = ? WHERE ordinal = ?",
                                     {name, record->version, Value::utf8(encode(*record)), ordinal}));
    }
    return {};
}

} // namespace prism::store
