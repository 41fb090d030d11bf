#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/position.h"
#include "shared/protocol/reach.h"
#include "shared/protocol/timestamp.h"

#include <QJsonObject>
#include <QLatin1String>

namespace prism::protocol {

/// The types of events that are kept in the log, each with a place in the one order.
namespace event_type {
inline constexpr QLatin1String recordCreated("analytics:record:created");
inline constexpr QLatin1String recordUpdated("analytics:record:updated");
inline constexpr QLatin1String recordDeleted("analytics:record:deleted");
inline constexpr QLatin1String checkCompleted("gateway:check:completed");
inline constexpr QLatin1String checkUpdated("gateway:check:updated");
inline constexpr QLatin1String gateChanged("gate:changed");
inline constexpr QLatin1String retroCreated("retro:created");
inline constexpr QLatin1String alert("alert");
inline constexpr QLatin1String alertAcknowledged("alert:acknowledged");
inline constexpr QLatin1String settingsUpdated("settings:updated");
inline constexpr QLatin1String principlesUpdated("principles:updated");
} // namespace event_type

/// What a session says that is not in the log and has no place in the order.
namespace message_type {
inline constexpr QLatin1String connected("connected");
inline constexpr QLatin1String subscribed("subscribed");
inline constexpr QLatin1String unsubscribed("unsubscribed");
inline constexpr QLatin1String roomJoined("room:joined");
inline constexpr QLatin1String roomLeft("room:left");
inline constexpr QLatin1String pong("pong");
inline constexpr QLatin1String resumed("resumed");
inline constexpr QLatin1String passed("passed"); ///< up to which event there is none that it may hear of
inline constexpr QLatin1String error("error");
inline constexpr QLatin1String update("analytics:update");
} // namespace message_type

/// What a client may say to a session.
namespace request_type {
inline constexpr QLatin1String subscribe("subscribe");
inline constexpr QLatin1String unsubscribe("unsubscribe");
inline constexpr QLatin1String join("join");
inline constexpr QLatin1String leave("leave");
inline constexpr QLatin1String ping("ping");
inline constexpr QLatin1String resume("resume");
inline constexpr QLatin1String dashboard("dashboard");
} // namespace request_type

/// One message as it travels: {"type", "seq" (events only), "data", "timestamp"}.
struct Event
{
    QString type;
    Seq seq = 0; ///< 0 for a message outside the log
    QJsonObject data;
    Timestamp timestamp;

    bool operator==(const Event&) const = default;
};

/// The message as compact UTF-8 JSON, `type` and `seq` first.
QByteArray encode(const Event& event);

/// The same of data that is encoded already; seq is 0 for a message outside the log.
QByteArray encodeEvent(QLatin1String type, Seq seq, QByteArrayView data, Timestamp timestamp);

Result<Event> eventFromJson(const QJsonObject& json);

/// Whether somebody may hear of an event: of one of their projects, or of one that says what everybody may
/// read.
bool mayHear(const Reach& reach, QStringView type, const QString& project);

/// Whether `type` is named by `pattern`: the type itself, its beginning up to a colon, or any beginning with
/// a
/// '*' behind it.
bool matches(QStringView pattern, QStringView type);

/// Whether any type that a session may be sent because it asked is named by `pattern`: those of the log, and
/// those that are still to come into it.
bool matchesAny(QStringView pattern);

} // namespace prism::protocol
