#include "server/api/settings_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/settings_change.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::AlertKind;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Mute;
using protocol::Result;
using protocol::Role;
using protocol::Settings;

namespace {

QByteArray encodeMute(const Mute& mute)
{
    return QJsonDocument(toJson(mute)).toJson(QJsonDocument::Compact);
}

Result<AlertKind> kindOf(const Request& request)
{
    const auto kind = protocol::valueOf(protocol::alertKindNames, request.captures.first());
    if (!kind)
        return Failure(Error{ErrorCode::NotFound,
                             QStringLiteral("There is no such kind of alert."),
                             {QStringLiteral("kind: ") + protocol::choices(protocol::alertKindNames)}});
    return *kind;
}

Settings without(Settings settings, AlertKind kind)
{
    settings.mutes.removeIf([&](const Mute& mute) { return mute.kind == kind; });
    return settings;
}

Settings with(Settings settings, const Mute& mute)
{
    settings = without(std::move(settings), mute.kind);
    settings.mutes.append(mute);
    std::sort(settings.mutes.begin(), settings.mutes.end(),
              [](const Mute& a, const Mute& b) { return a.kind < b.kind; });
    return settings;
}

} // namespace

SettingsApi::SettingsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("GET", "/api/v1/settings", Role::Viewer, *this, &SettingsApi::show);
    router.add("PUT", "/api/v1/settings", Role::Admin, *this, &SettingsApi::change);
    router.add("GET", "/api/v1/alerts/mutes", Role::Viewer, *this, &SettingsApi::listMutes);
    router.add("PUT", "/api/v1/alerts/mutes/{kind}", Role::Editor, *this, &SettingsApi::mute);
    router.add("DELETE", "/api/v1/alerts/mutes/{kind}", Role::Editor, *this, &SettingsApi::unmute);
}

void SettingsApi::show(const Request& request, const Reply& reply) const
{
    reply(success(request, toJson(m_context.settings.current()->asOf(protocol::now()))));
}

void SettingsApi::change(const Request& request, const Reply& reply) const
{
    const Result<QJsonObject> body = parseObject(request.body, m_context.maxJsonDepth);
    if (!body)
        return reply(failure(request.id, body.error()));
    // What one change leaves is what the next is merged into, so it is merged and checked by the writer.
    submitSettings(
        m_context, request, reply,
        [changes = *body](const Settings& now) { return protocol::changedSettings(now, changes); },
        [](const Settings& settings) { return encode(settings); });
}

void SettingsApi::listMutes(const Request& request, const Reply& reply) const
{
    const Settings settings = m_context.settings.current()->asOf(protocol::now());
    QList<QByteArray> mutes;
    for (const Mute& mute : settings.mutes)
        mutes.append(encodeMute(mute));
    reply(success(request, encodedList(mutes)));
}

void SettingsApi::mute(const Request& request, const Reply& reply) const
{
    const Result<AlertKind> kind = kindOf(request);
    if (!kind)
        return reply(failure(request.id, kind.error()));
    const Result<QJsonObject> body = parseObject(request.body, m_context.maxJsonDepth);
    if (!body)
        return reply(failure(request.id, body.error()));
    const Result<Mute> mute = protocol::muteFromJson(*body, *kind, protocol::now());
    if (!mute)
        return reply(failure(request.id, mute.error()));
    submitSettings(
        m_context, request, reply,
        [mute = *mute](const Settings& now) -> Result<Settings> { return with(now, mute); },
        [mute = *mute](const Settings&) { return encodeMute(mute); });
}

void SettingsApi::unmute(const Request& request, const Reply& reply) const
{
    const Result<AlertKind> kind = kindOf(request);
    if (!kind)
        return reply(failure(request.id, kind.error()));
    submitSettings(
        m_context, request, reply,
        [kind = *kind](const Settings& now) -> Result<Settings> {
            Settings after = without(now, kind);
            if (after == now)
                return Failure(
                    Error{ErrorCode::NotFound, QStringLiteral("This kind of alert is not muted.")});
            return after;
        },
        [](const Settings&) -> QByteArray { return "{\"message\":\"The mute was ended.\"}"; });
}

} // namespace prism::api
