#pragma once

#include "client/desktop/notifier.h"

#include <QDBusConnection>
#include <QHash>
#include <QSet>

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
    void onShown(const QString& key, QDBusPendingCallWatcher& call);
    void close(uint id);

    QDBusConnection m_bus;
    QHash<QString, uint> m_ids; ///< of those that are shown, by key
    QSet<QString> m_underWay;   ///< asked for, and not answered yet
    QSet<QString> m_withdrawn;  ///< of these, those to be taken away as soon as they have a number
};

} // namespace prism::desktop
