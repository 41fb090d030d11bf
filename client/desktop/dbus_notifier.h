#pragma once

#include "client/desktop/notifier.h"

#include <QDBusConnection>
#include <QHash>

#include <optional>

class QDBusPendingCallWatcher;

namespace prism::desktop {

/// Notifications by org.freedesktop.Notifications. Without a bus, or without anybody on it who shows them,
/// nothing is shown and nothing breaks. Never waits for an answer. Lives on the GUI thread.
class DbusNotifier : public Notifier
{
    Q_OBJECT

public:
    explicit DbusNotifier(const QDBusConnection& bus, QObject* parent = nullptr);

    void show(const Notification& notification) override;
    void withdraw(const QString& key) override;

private slots:
    // The bus finds these by name.
    void onAction(uint id, const QString& action);
    void onClosed(uint id, uint reason);

private:
    /// What is to be done with one that was asked for, as soon as it has its number.
    struct Pending
    {
        bool withdrawn = false;
        std::optional<Notification> next; ///< to be shown in its place
    };

    void send(const Notification& notification);
    void onShown(const QString& key, QDBusPendingCallWatcher& call);
    void close(uint id);

    QDBusConnection m_bus;
    QHash<QString, uint> m_ids;         ///< of those that are shown, by key
    QHash<QString, Pending> m_underWay; ///< asked for, and not answered yet
};

} // namespace prism::desktop
