#include "server/api/settings_change.h"

#include "server/api/answers.h"
#include "server/store/tables/settings_table.h"
#include "shared/protocol/json_writer.h"

namespace prism::api {

using http::Response;
using protocol::Failure;
using protocol::Result;
using protocol::Settings;

namespace {

QByteArray encodeUpdate(const Settings& settings, protocol::Timestamp now)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    json.key(QLatin1String("settings"));
    json.raw(encode(settings));
    json.field(QLatin1String("timestamp"), now);
    json.endObject();
    return text;
}

Result<Settings> writeChange(store::Transaction& transaction, const SettingsChange& change)
{
    store::SettingsTable table(transaction.database());
    const protocol::Timestamp now = protocol::now();
    const Result<Settings> before = table.settings();
    if (!before)
        return before;
    Result<Settings> after = change(before->asOf(now));
    if (!after)
        return after;
    if (const Result<void> written = table.setSettings(*after); !written)
        return Failure(written.error());
    const auto announced = transaction.announce(protocol::event_type::settingsUpdated, QString(),
                                                encodeUpdate(*after, now), now);
    if (!announced)
        return Failure(announced.error());
    return after;
}

} // namespace

void submitSettings(const Context& context, const http::Request& request, const http::Reply& reply,
                    const SettingsChange& change, const SettingsAnswer& answer)
{
    submitWrite(context, request, reply, {1, 1, std::size_t(request.body.size())},
                [change, answer, id = request.id,
                 &book = context.settings](store::Transaction& transaction) -> Result<Response> {
                    const Result<Settings> after = writeChange(transaction, change);
                    if (!after)
                        return Failure(after.error());
                    transaction.whenCommitted([&book, settings = *after] { book.publish(settings); });
                    return encodedSuccess(id, answer(*after), 200);
                });
}

} // namespace prism::api
