#include "client/net/upgrade_answer.h"

#include <QCryptographicHash>
#include <QHash>
#include <QList>

namespace prism::net {

namespace {

/// Fields by name in lower case; of one that is repeated the values as one list.
QHash<QByteArray, QByteArray> fieldsOf(const QList<QByteArray>& lines)
{
    QHash<QByteArray, QByteArray> fields;
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        QByteArray& value = fields[line.left(colon).toLower()];
        value += (value.isEmpty() ? "" : ",") + line.mid(colon + 1).trimmed();
    }
    return fields;
}

bool listHas(const QByteArray& list, const QByteArray& token)
{
    const QList<QByteArray> entries = list.toLower().split(',');
    for (const QByteArray& entry : entries) {
        if (entry.trimmed() == token)
            return true;
    }
    return false;
}

QByteArray expectedAccept(const QByteArray& key)
{
    return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
        .toBase64();
}

} // namespace

QString upgradeProblem(const QByteArray& head, const QByteArray& key)
{
    const QList<QByteArray> lines = head.split('\n');
    const QByteArray status = lines.first().trimmed();
    if (!status.startsWith("HTTP/1.1 101"))
        return QStringLiteral("the server answered '%1'").arg(QString::fromLatin1(status.left(100)));
    const QHash<QByteArray, QByteArray> fields = fieldsOf(lines);
    if (!listHas(fields.value("upgrade"), "websocket") || !listHas(fields.value("connection"), "upgrade"))
        return QStringLiteral("the server upgraded to something else");
    if (fields.value("sec-websocket-accept") != expectedAccept(key))
        return QStringLiteral("the server answered another key");
    if (fields.contains("sec-websocket-extensions") || fields.contains("sec-websocket-protocol"))
        return QStringLiteral("the server chose what it was not offered");
    return {};
}

} // namespace prism::net
