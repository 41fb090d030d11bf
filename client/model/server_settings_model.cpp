#include "client/model/server_settings_model.h"

#include "client/net/api_client.h"

namespace prism::model {

using protocol::ErrorCode;

namespace {

constexpr QLatin1String settingsPath("/api/v1/settings");
constexpr QLatin1String updatedEvent("settings:updated");

} // namespace

ServerSettingsModel::ServerSettingsModel(net::ApiClient& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
}

QString ServerSettingsModel::problemOf(const QString& key) const
{
    const QString start = key + QStringLiteral(": ");
    if (m_error) {
        for (const QString& detail : m_error->details) {
            if (detail.startsWith(start))
                return detail.mid(start.size());
        }
    }
    return {};
}

void ServerSettingsModel::setActive(bool active)
{
    m_active = active;
    if (m_active && m_dirty)
        refresh();
}

void ServerSettingsModel::refresh()
{
    m_dirty = true;
    if (!m_active)
        return;
    m_dirty = false;
    if (!m_settings)
        m_state = State::Loading;
    emit changed();
    m_api.get(settingsPath, {}, {}, this, [this, request = ++m_request](const auto& answer) {
        if (request == m_request)
            onAnswer(answer);
    });
}

void ServerSettingsModel::onAnswer(const protocol::Result<net::Answer>& answer)
{
    if (!answer)
        return fail(answer.error());
    m_settings = ServerSettings::fromJson(answer->data.toObject());
    m_state = State::Ready;
    m_error.reset();
    emit changed();
}

void ServerSettingsModel::fail(const protocol::Error& error)
{
    m_dirty = true;
    switch (error.code) {
    case ErrorCode::NotFound:
        m_state = State::Missing;
        m_settings.reset();
        break;
    case ErrorCode::NotAllowed:
    case ErrorCode::NotAuthenticated:
    case ErrorCode::TokenInvalid:
        m_state = State::Refused;
        m_settings.reset();
        break;
    default:
        m_state = State::Failed;
    }
    m_error = error;
    emit changed();
}

void ServerSettingsModel::noteEvents(const QList<protocol::Event>& events)
{
    for (const protocol::Event& event : events) {
        if (event.type != updatedEvent)
            continue;
        ++m_request; // an answer under way may be older
        m_settings = ServerSettings::fromJson(event.data.value(QLatin1String("settings")).toObject());
        m_state = State::Ready;
        m_error.reset();
        emit changed();
    }
}

void ServerSettingsModel::save(const ServerSettings& wanted)
{
    if (m_saving || !m_settings)
        return;
    const QJsonObject changes = wanted.changesSince(*m_settings);
    if (changes.isEmpty())
        return;
    m_saving = true;
    m_error.reset();
    emit changed();
    net::Write write;
    write.method = net::Write::Method::Put;
    write.path = settingsPath;
    write.body = changes;
    m_api.send(write, this, [this](const auto& answer) { onSaved(answer); });
}

void ServerSettingsModel::onSaved(const protocol::Result<net::Answer>& answer)
{
    m_saving = false;
    if (!answer) {
        m_error = answer.error();
        emit changed();
        return;
    }
    ++m_request;
    m_settings = ServerSettings::fromJson(answer->data.toObject());
    m_state = State::Ready;
    emit changed();
    emit saved();
}

void ServerSettingsModel::unmute(const QString& kind)
{
    net::Write write;
    write.method = net::Write::Method::Delete;
    write.path = QStringLiteral("/api/v1/alerts/mutes/") + kind;
    m_api.send(write, this, [this](const protocol::Result<net::Answer>& answer) {
        if (!answer)
            m_error = answer.error();
        else
            refresh();
        emit changed();
    });
}

} // namespace prism::model
