#include "shared/protocol/event.h"

#include "shared/protocol/json_reader.h"

#include <QJsonDocument>

namespace prism::protocol {

namespace {

constexpr QLatin1String typeField("type"), seqField("seq"), dataField("data"), timestampField("timestamp");

} // namespace

QByteArray encode(const Event& event)
{
    const QByteArray data = QJsonDocument(event.data).toJson(QJsonDocument::Compact);
    QByteArray text;
    text.reserve(data.size() + 160);
    text += "{\"type\":\"";
    text += event.type.toUtf8();
    text += '"';
    if (event.seq > 0) {
        text += ",\"seq\":";
        text += QByteArray::number(qlonglong(event.seq));
    }
    text += ",\"data\":";
    text += data;
    text += ",\"timestamp\":\"";
    text += toIso(event.timestamp).toLatin1();
    text += "\"}";
    return text;
}

Result<Event> eventFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    Event event;
    event.type = reader.text(typeField, Presence::Required, 100).value_or(QString());
    event.seq = Seq(reader.number(seqField, Presence::Optional, 0, 9.007e15).value_or(0));
    event.data = reader.object(dataField, Presence::Optional).value_or(QJsonObject());
    event.timestamp =
        reader.timestamp(timestampField, Presence::Required, Timestamp::max()).value_or(Timestamp());
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not an event.")));
    return event;
}

bool matches(QStringView pattern, QStringView type)
{
    return pattern.endsWith(QLatin1Char('*')) ? type.startsWith(pattern.chopped(1)) : type == pattern;
}

} // namespace prism::protocol
