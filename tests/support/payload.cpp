#include "tests/support/payload.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>

namespace prism::test {

QJsonObject payload(const char* name)
{
    QFile file(QStringLiteral(PRISM_TEST_PAYLOADS "/%1.json").arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("there is no payload %s", name);
    return QJsonDocument::fromJson(file.readAll()).object();
}

QJsonObject with(QJsonObject object, const QString& path, const QJsonValue& value)
{
    const QString first = path.section(QLatin1Char('.'), 0, 0);
    const QString rest = path.section(QLatin1Char('.'), 1);
    const QJsonValue inner = rest.isEmpty() ? value : with(object.value(first).toObject(), rest, value);
    if (inner.isUndefined())
        object.remove(first);
    else
        object.insert(first, inner);
    return object;
}

QJsonObject ofYesterday(const QJsonObject& object)
{
    QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    text.replace("2026-11-20",
                 QDateTime::currentDateTimeUtc().addDays(-1).date().toString(Qt::ISODate).toLatin1());
    return QJsonDocument::fromJson(text).object();
}

} // namespace prism::test
