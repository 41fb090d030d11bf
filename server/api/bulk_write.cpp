#include "server/api/bulk_write.h"

#include "shared/protocol/json_writer.h"

namespace prism::api {

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
