#pragma once

#include "client/net/api.h"
#include "shared/protocol/event.h"

#include <QObject>

#include <map>

namespace prism::model {

/// The settings of the server as it has them now, whoever changed them, and changing them. Borrows the API
/// client. Lives on the GUI thread.
class ServerSettingsModel : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Unknown, ///< nothing has been asked yet
        Loading,
        Ready,
        Missing,   ///< this server has no settings that can be changed while it runs
        Refused,   ///< this person may not see them
        SignedOut, ///< the server does not know who asks; what was known stays
        Failed,    ///< not reached; what was known stays
    };

    explicit ServerSettingsModel(net::Api& api, QObject* parent = nullptr);

    State state() const { return m_state; }
    /// Nothing before the first answer.
    const std::optional<protocol::Settings>& settings() const { return m_settings; }
    /// Whether the server has this setting ("alerts.performanceFactor"): an older one has not all.
    bool knows(const QString& key) const { return m_settings && !m_missing.contains(key); }
    bool isSaving() const { return m_saving; }
    /// Why the latest saving failed, or the latest loading.
    const std::optional<protocol::Error>& error() const { return m_error; }
    /// The server's words about one setting ("alerts.performanceFactor"); empty for none.
    QString problemOf(const QString& key) const;

    /// While false nothing is fetched; what was missed is fetched when it becomes true.
    void setActive(bool active);
    void refresh();
    void noteEvents(const QList<protocol::Event>& events);

    /// Sends what differs from settings().
    void save(const protocol::Settings& wanted);
    /// Lets alerts of this kind be raised again.
    void unmute(protocol::AlertKind kind);

signals:
    /// Anything above changed.
    void changed();
    void saved();

private:
    void onAnswer(const protocol::Result<net::ServerSettings>& answer);
    void onSaved(const protocol::Result<net::ServerSettings>& answer);
    void onUnmuted(const protocol::Result<void>& answer);
    void take(const net::ServerSettings& settings);
    void fail(const protocol::Error& error);

    net::Api& m_api;
    State m_state = State::Unknown;
    std::optional<protocol::Settings> m_settings;
    QStringList m_missing; ///< what the server does not know
    std::optional<protocol::Error> m_error;
    bool m_active = false;
    bool m_dirty = true;
    bool m_saving = false;
    net::Call m_load;
    net::Call m_save;
    std::map<protocol::AlertKind, net::Call> m_unmutes;
};

} // namespace prism::model
