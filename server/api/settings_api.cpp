#include "server/api/settings_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::AlertKind;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Mute;
using protocol::Result;
using protocol::Role;
using protocol::Settings;

namespace {

Result<AlertKind> kindOf(const Request& request)
{
    const auto kind = protocol::valueOf(protocol::alertKindNames, request.captures.first());
    if (!kind)
        return Failure(Error{ErrorCode::NotFound,
                             QStringLiteral("There is no such kind of alert."),
                             {QStringLiteral("kind: ") + protocol::choices(protocol::alertKindNames)}});
    return *kind;
}

Success changed(const service::Encoded& settings)
{
    return {settings.json, 200, {{QByteArrayLiteral("ETag"), contentTag(settings.json)}}};
}

/// The settings as they are stored, for what a request requires of them.
Result<std::optional<http::Validator>> settingsNow(store::Transaction& transaction)
{
    PRISM_TRY_ASSIGN(const Settings& settings, transaction.settings().settings());
    return http::Validator{contentTag(encode(settings.asOf(protocol::now()))), {}};
}

/// The same of the mute of a kind, which has no address to be read at.
CurrentState muteNow(AlertKind kind)
{
    return [kind](store::Transaction& transaction) -> Result<std::optional<http::Validator>> {
        PRISM_TRY_ASSIGN(const Settings& settings, transaction.settings().settings());
        return settings.isMuted(kind, protocol::now()) ? std::optional(http::Validator{}) : std::nullopt;
    };
}

/// The same, of one that is to be ended: where there is none, that is the answer.
CurrentState muteToEnd(AlertKind kind)
{
    return [now = muteNow(kind)](store::Transaction& transaction) -> Result<std::optional<http::Validator>> {
        PRISM_TRY_ASSIGN(const auto mute, now(transaction));
        if (!mute)
            return Failure(Error{ErrorCode::NotFound, QStringLiteral("This kind of alert is not muted.")});
        return mute;
    };
}

Success muted(const service::Encoded& mute)
{
    return {mute.json, 200, {}, QStringLiteral("Alerts of this kind are muted.")};
}

Success unmuted(const service::EndedMute& /*ended*/)
{
    return {QByteArrayLiteral("{}"), 200, {}, QStringLiteral("The mute was ended.")};
}

} // namespace

SettingsApi::SettingsApi(store::SettingsBook& book, const Writes& writes, int maxJsonDepth, Routes& routes)
    : m_book(book)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_settings(book)
{
    routes.add("GET", "/api/v1/settings", http::orLimited(Role::Viewer), *this, &SettingsApi::show);
    routes.add("PUT", "/api/v1/settings", Role::Admin, *this, &SettingsApi::change);
    routes.add("GET", "/api/v1/alerts/mutes", Role::Viewer, *this, &SettingsApi::listMutes);
    routes.add("PUT", "/api/v1/alerts/mutes/{kind}", Role::Editor, *this, &SettingsApi::mute);
    routes.add("DELETE", "/api/v1/alerts/mutes/{kind}", Role::Editor, *this, &SettingsApi::unmute);
}

Response SettingsApi::show(const Request& request) const
{
    const QByteArray settings = encode(m_book.current()->asOf(protocol::now()));
    Response response = success(request, settings);
    addValidator(response, {contentTag(settings), {}});
    return response;
}

Result<void> SettingsApi::change(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, m_maxJsonDepth));
    return m_writes.submit(request, reply, weightOf(request),
                           std::bind_front(&service::Settings::change, m_settings), body, changed,
                           settingsNow);
}

Response SettingsApi::listMutes(const Request& request) const
{
    const Settings settings = m_book.current()->asOf(protocol::now());
    QList<QByteArray> mutes;
    for (const Mute& mute : settings.mutes)
        mutes.append(protocol::writtenJson(toJson(mute)));
    return wholeList(request, mutes);
}

Result<void> SettingsApi::mute(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const AlertKind kind, kindOf(request));
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, m_maxJsonDepth));
    PRISM_TRY_ASSIGN(const Mute mute, protocol::muteFromJson(body, kind, protocol::now()));
    return m_writes.submit(request, reply, weightOf(request),
                           std::bind_front(&service::Settings::mute, m_settings), mute, muted, muteNow(kind));
}

Result<void> SettingsApi::unmute(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const AlertKind kind, kindOf(request));
    return m_writes.submit(request, reply, weightOf(request),
                           std::bind_front(&service::Settings::unmute, m_settings), kind, unmuted,
                           muteToEnd(kind));
}

} // namespace prism::api
