#include "client/model/server_settings_model.h"

namespace prism::model {

using protocol::ErrorCode;

ServerSettingsModel::ServerSettingsModel(net::Api& api, QObject* parent)
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
    m_load = m_api.settings([this](const auto& answer) { onAnswer(answer); });
}

void ServerSettingsModel::onAnswer(const protocol::Result<net::ServerSettings>& answer)
{
    if (!answer)
        return fail(answer.error());
    take(*answer);
    m_error.reset();
    emit changed();
}

void ServerSettingsModel::take(const net::ServerSettings& settings)
{
    m_settings = settings.values;
    m_missing = settings.missing;
    m_state = State::Ready;
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
        m_state = State::Refused;
        m_settings.reset();
        break;
    case ErrorCode::NotAuthenticated:
    case ErrorCode::TokenInvalid:
        m_state = State::SignedOut;
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
        if (event.type != protocol::event_type::settingsUpdated)
            continue;
        const auto updated = net::Api::settingsIn(event);
        if (!updated)
            continue;
        m_load.cancel(); // its answer may be older
        take(*updated);
        m_error.reset();
        emit changed();
    }
}

void ServerSettingsModel::save(const protocol::Settings& wanted)
{
    if (m_saving || !m_settings || protocol::changesBetween(*m_settings, wanted).isEmpty())
        return;
    m_saving = true;
    m_error.reset();
    emit changed();
    m_save = m_api.changeSettings(*m_settings, wanted, [this](const auto& answer) { onSaved(answer); });
}

void ServerSettingsModel::onSaved(const protocol::Result<net::ServerSettings>& answer)
{
    m_saving = false;
    if (!answer) {
        m_error = answer.error();
        emit changed();
        return;
    }
    m_load.cancel();
    take(*answer);
    emit changed();
    emit saved();
}

void ServerSettingsModel::unmute(protocol::AlertKind kind)
{
    m_unmutes[kind] = m_api.unmute(kind, [this](const auto& answer) { onUnmuted(answer); });
}

void ServerSettingsModel::onUnmuted(const protocol::Result<void>& answer)
{
    if (!answer)
        m_error = answer.error();
    else
        refresh();
    emit changed();
}

} // namespace prism::model
