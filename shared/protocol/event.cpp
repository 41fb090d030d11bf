#include "shared/protocol/event.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String typeField("type"), seqField("seq"), dataField("data"), timestampField("timestamp");

} // namespace

QByteArray encode(const Event& event)
{
    const QByteArray type = event.type.toLatin1();
    return encodeEvent(QLatin1String(type), event.seq, writtenJson(event.data), event.timestamp);
}

QByteArray encodeEvent(QLatin1String type, Seq seq, QByteArrayView data, Timestamp timestamp)
{
    QByteArray text;
    text.reserve(data.size() + type.size() + 96);
    JsonWriter json(text);
    json.beginObject();
    json.field(typeField, type);
    if (seq > 0)
        json.field(seqField, qint64(seq));
    json.key(dataField);
    json.raw(data);
    json.field(timestampField, timestamp);
    json.endObject();
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
