#include "shared/protocol/event_page.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String completeField("complete"), epochField("epoch"), seqField("seq"), headField("head"),
    passedField("passed"), eventsField("events");

constexpr qsizetype maxEpoch = 200;

QList<Event> readEvents(const QJsonObject& json, Problems& problems)
{
    QList<Event> events;
    const QJsonValue list = json.value(eventsField);
    if (!list.isArray())
        problems.add(ErrorCode::FieldMissing, eventsField, QStringLiteral("must be a list"));
    const QJsonArray array = list.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        const Result<Event> event = eventFromJson(array[i].toObject());
        if (event)
            events.append(*event);
        else
            problems.add(event.error().code, QStringLiteral("%1[%2]").arg(eventsField).arg(i),
                         event.error().details.join(QStringLiteral(", ")));
    }
    return events;
}

} // namespace

QByteArray encode(const EventPage& page)
{
    QList<QByteArray> events;
    for (const Event& event : page.events)
        events.append(encode(event));
    return encode(page, events);
}

QByteArray encode(const EventPage& page, const QList<QByteArray>& events)
{
    qsizetype size = 200;
    for (const QByteArray& event : events)
        size += event.size() + 1;
    QByteArray text;
    text.reserve(size);
    JsonWriter json(text);
    json.beginObject();
    json.field(completeField, page.complete);
    json.field(epochField, page.reached.epoch);
    json.field(seqField, qint64(page.reached.seq));
    json.field(headField, qint64(page.head));
    if (page.hasPassed)
        json.field(passedField, true);
    json.key(eventsField);
    json.beginArray();
    for (const QByteArray& event : events)
        json.raw(event);
    json.endArray();
    json.endObject();
    return text;
}

Result<EventPage> eventPageFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    EventPage page;
    page.complete = reader.boolean(completeField, Presence::Required).value_or(false);
    page.reached.epoch = reader.text(epochField, Presence::Required, maxEpoch).value_or(QString());
    page.reached.seq = reader.count(seqField, Presence::Required).value_or(0);
    page.head = reader.count(headField, Presence::Required).value_or(0);
    page.hasPassed = reader.boolean(passedField, Presence::Optional).value_or(false);
    page.events = readEvents(json, problems);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not a page of events.")));
    return page;
}

} // namespace prism::protocol
