#include "server/api/bulk_write.h"

#include "shared/protocol/json_writer.h"

namespace prism::api {

using protocol::ErrorCode;

namespace {

/// "line 3: timestamp", as if the field itself had been wrong.
QString timestampOf(const QString& place)
{
    const QString field = QStringLiteral("timestamp");
    return place.isEmpty() ? field : place + QStringLiteral(": ") + field;
}

} // namespace

void EntryTimesCheck::look(protocol::Timestamp time, const QString& place, protocol::Problems& problems)
{
    m_days.insert(std::chrono::floor<std::chrono::days>(time));
    if (m_oldest && time < m_now - *m_oldest)
        problems.add(ErrorCode::BadFormat, timestampOf(place),
                     QStringLiteral("is more than %1 days ago; what is brought in afterwards is sent with "
                                    "imported=true")
                         .arg(m_oldest->count()));
}

void EntryTimesCheck::finish(protocol::Problems& problems) const
{
    if (std::ssize(m_days) > m_allowed.daysARequest)
        problems.add(ErrorCode::BadFormat, timestampOf({}),
                     QStringLiteral("lies on %1 different days, at most %2 are allowed in one request")
                         .arg(m_days.size())
                         .arg(m_allowed.daysARequest));
}

Success storedEntry(const service::StoredEntry& stored)
{
    return {stored.json, stored.isNew ? 201 : 200};
}

Success storedEntries(const service::StoredEntries& stored)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    json.field(QLatin1String("received"), stored.received);
    json.field(QLatin1String("created"), stored.created);
    json.field(QLatin1String("skipped"), stored.received - stored.created);
    json.endObject();
    return {text, stored.created > 0 ? 201 : 200};
}

} // namespace prism::api
