#include "server/app/admin_client.h"

#include "server/app/admin_commands.h"
#include "server/app/admin_socket.h"
#include "server/app/database_writer.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <future>
#include <memory>

namespace prism::app {

using protocol::Result;

namespace {

Result<QByteArray> askDatabase(const Config& config, std::unique_ptr<OpenedDatabase> opened,
                               const QByteArray& request)
{
    DatabaseWriter database(config, std::move(opened));
    const auto told = std::make_shared<std::promise<QByteArray>>();
    std::future<QByteArray> envelope = told->get_future();
    service::Pairings nobody; // without a server nobody waits
    AdminCommands(config, database.writes(), database.opened(), nobody)
        .carryOut(request, [told](const QByteArray& answer) { told->set_value(answer); });
    return envelope.get();
}

/// The server that has the database, where one does.
Result<QByteArray> ask(const Config& config, const QByteArray& request)
{
    Result<std::unique_ptr<OpenedDatabase>> opened = openDatabase(config);
    if (opened)
        return askDatabase(config, std::move(*opened), request);
    if (opened.error().details.isEmpty())
        return protocol::Failure(opened.error());
    return AdminSocket::ask(AdminSocket::pathIn(config.dataFolder), request);
}

} // namespace

Result<QJsonObject> askAdmin(const Config& config, const QString& command, QJsonObject request)
{
    request.insert(QLatin1String("database"), config.databaseFile);
    request.insert(QLatin1String("command"), command);
    PRISM_TRY_ASSIGN(const QByteArray envelope, ask(config, protocol::writtenJson(request)));
    PRISM_TRY_ASSIGN(const QJsonValue data, protocol::openEnvelope(envelope));
    return data.toObject();
}

} // namespace prism::app
