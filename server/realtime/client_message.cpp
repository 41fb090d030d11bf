#include "server/realtime/client_message.h"

#include "shared/protocol/event.h"
#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

#include <QJsonObject>

#include <algorithm>
#include <array>

namespace prism::realtime {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
namespace request_type = protocol::request_type;

namespace {

using Kind = ClientMessage::Kind;

constexpr qsizetype longestProject = 100; ///< characters, as checks have it

constexpr std::array kinds{
    std::pair(request_type::subscribe, Kind::Subscribe),
    std::pair(request_type::unsubscribe, Kind::Unsubscribe),
    std::pair(request_type::join, Kind::Join),
    std::pair(request_type::leave, Kind::Leave),
    std::pair(request_type::ping, Kind::Ping),
    std::pair(request_type::resume, Kind::Resume),
    std::pair(request_type::dashboard, Kind::Dashboard),
};

Failure notUnderstood(const QString& type)
{
    QStringList known;
    for (const auto& [name, kind] : kinds)
        known.append(name);
    return Failure(Error{ErrorCode::Validation,
                         QStringLiteral("'%1' is not a message known here.").arg(type.left(100)),
                         {QStringLiteral("type: must be one of %1").arg(known.join(QLatin1String(", ")))}});
}

Failure noMessage(ErrorCode code, const QString& why)
{
    return Failure(Error{code, QStringLiteral("A message is a JSON object with a type: %1.").arg(why), {}});
}

/// What is wrong is in the message: an error that is pushed has no details.
Result<QJsonObject> readObject(const QByteArray& text, int maxDepth)
{
    const Result<QJsonObject> object = protocol::parseObject(text, maxDepth);
    if (object)
        return object;
    const Error& error = object.error();
    return noMessage(error.code, error.code == ErrorCode::NotJson
                                     ? QStringLiteral("it ") + error.details.join(QStringLiteral("; "))
                                     : error.details.join(QStringLiteral("; ")));
}

/// A room is a project, so its name is read as a project's is.
Result<ClientMessage> readRoom(ClientMessage message, const QJsonObject& data)
{
    protocol::Problems problems;
    const auto room = protocol::ObjectReader(data, problems)
                          .text(QLatin1String("room"), protocol::Presence::Required, longestProject);
    if (!room)
        return Failure(problems.toError(QStringLiteral("The message is not valid.")));
    message.subject = *room;
    return message;
}

Result<ClientMessage> readDashboard(ClientMessage message, const QJsonObject& json, qsizetype mostProjects)
{
    constexpr QLatin1String dataField("data");
    const QJsonValue data = json.value(dataField);
    QJsonObject view = data.toObject();
    if (!data.isObject()) { // its fields stand beside the type, and others with them
        for (const QLatin1String field : {QLatin1String("period"), QLatin1String("trends"),
                                          QLatin1String("forecast"), QLatin1String("projects")}) {
            if (json.contains(field))
                view.insert(field, json.value(field));
        }
    }
    if (data.isNull() || view.value(QLatin1String("period")).isNull())
        return message;
    PRISM_TRY_ASSIGN(message.view, protocol::viewFromJson(view, mostProjects));
    return message;
}

} // namespace

Result<ClientMessage> parseClientMessage(const QByteArray& text, int maxDepth, qsizetype mostProjects)
{
    PRISM_TRY_ASSIGN(const QJsonObject json, readObject(text, maxDepth));
    const QString type = json.value(QLatin1String("type")).toString();
    if (type.isEmpty())
        return noMessage(ErrorCode::FieldMissing, QStringLiteral("its type is missing"));
    const auto kind =
        std::find_if(kinds.begin(), kinds.end(), [&](const auto& each) { return each.first == type; });
    if (kind == kinds.end())
        return notUnderstood(type);

    const QJsonObject data = json.value(QLatin1String("data")).toObject(json);
    ClientMessage message;
    message.kind = kind->second;
    if (message.kind == Kind::Join || message.kind == Kind::Leave)
        return readRoom(message, data);
    message.subject = protocol::composed(data.value(QLatin1String("event")).toString());
    if (message.kind == Kind::Dashboard)
        return readDashboard(message, json, mostProjects);
    if (message.kind != Kind::Resume)
        return message;
    const QJsonValue since = data.value(QLatin1String("since"));
    message.epoch = data.value(QLatin1String("epoch")).toString();
    message.since = since.toInteger(-1);
    if (message.since < 0)
        return Failure(Error{ErrorCode::BadFormat,
                             QStringLiteral("The message is not valid."),
                             {QStringLiteral("since: must be a whole number, 0 or more")}});
    return message;
}

} // namespace prism::realtime
