#include "shared/protocol/event.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

#include <algorithm>
#include <array>

namespace prism::protocol {

namespace {

/// Those that the contract names, so that a client need not be changed when one begins to be sent.
constexpr std::array subscribable{
    event_type::recordCreated,
    event_type::recordUpdated,
    event_type::recordDeleted,
    event_type::checkCompleted,
    event_type::checkUpdated,
    event_type::gateChanged,
    event_type::retroCreated,
    event_type::alert,
    event_type::alertAcknowledged,
    event_type::settingsUpdated,
    event_type::principlesUpdated,
    message_type::update,
    QLatin1String("analytics:report:ready"),
};

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

bool mayHear(const Reach& reach, QStringView type, const QString& project)
{
    return reach.has(project) || type == event_type::settingsUpdated || type == event_type::principlesUpdated;
}

bool matches(QStringView pattern, QStringView type)
{
    constexpr QLatin1Char colon(':');
    if (pattern.endsWith(QLatin1Char('*')))
        return type.startsWith(pattern.chopped(1));
    if (pattern.isEmpty() || !type.startsWith(pattern))
        return false;
    return type.size() == pattern.size() || pattern.endsWith(colon) || type.at(pattern.size()) == colon;
}

bool matchesAny(QStringView pattern)
{
    return std::any_of(subscribable.begin(), subscribable.end(),
                       [pattern](QLatin1String type) { return matches(pattern, QString(type)); });
}

} // namespace prism::protocol
