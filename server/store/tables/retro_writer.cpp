#include "server/store/tables/retro_writer.h"

#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Retro;
using protocol::toMillis;

namespace {

Value encodeList(const QStringList& list)
{
    QByteArray text;
    protocol::JsonWriter(text).value(list);
    return Value::utf8(text);
}

} // namespace

Result<bool> RetroWriter::insert(const Retro& retro, bool imported)
{
    PRISM_TRY_ASSIGN(
        const int inserted,
        m_connection.execute(
            "INSERT INTO retros (id, timestamp, type, project, duration, summary, lessons, improvements, "
            "\"user\", imported) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            {retro.id, toMillis(retro.timestamp), toString(retro.type), retro.project, retro.duration,
             retro.summary, encodeList(retro.lessons), encodeList(retro.improvements), retro.user,
             imported ? 1 : 0}));
    return inserted > 0;
}

} // namespace prism::store
