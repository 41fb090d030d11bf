#include "client/desktop/dbus_notifier.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace prism::desktop {

namespace {

const QLatin1String service("org.freedesktop.Notifications"), path("/org/freedesktop/Notifications"),
    acknowledgeAction("acknowledge"), defaultAction("default");

QDBusMessage call(const QString& method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

} // namespace

DbusNotifier::DbusNotifier(const QDBusConnection& bus, QObject* parent)
    : Notifier(parent)
    , m_bus(bus)
{
    m_bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this,
                  SLOT(onAction(uint,QString)));
    m_bus.connect(service, path, service, QStringLiteral("NotificationClosed"), this,
                  SLOT(onClosed(uint,uint)));
}

void DbusNotifier::show(const Notification& notification)
{
    if (!m_bus.isConnected())
        return;
    if (const auto pending = m_underWay.find(notification.key); pending != m_underWay.end())
        *pending = {false, notification};
    else
        send(notification);
}

void DbusNotifier::send(const Notification& notification)
{
    QStringList actions{defaultAction, tr("Show the window")};
    if (notification.canAcknowledge)
        actions << acknowledgeAction << tr("Acknowledge");
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(uchar(notification.urgency))},
                            {QStringLiteral("desktop-entry"), QStringLiteral("prism-dashboard")}};
    constexpr int asTheDesktopLikes = -1;
    QDBusMessage message = call(QStringLiteral("Notify"));
    message << QStringLiteral("PRISM Gateway") << m_ids.value(notification.key)
            << QStringLiteral("prism-dashboard") << notification.title << notification.text.toHtmlEscaped()
            << actions << hints << asTheDesktopLikes;
    m_underWay.insert(notification.key, {});
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, key = notification.key](QDBusPendingCallWatcher* done) {
                done->deleteLater();
                onShown(key, *done);
            });
}

void DbusNotifier::onShown(const QString& key, QDBusPendingCallWatcher& call)
{
    const Pending pending = m_underWay.take(key);
    const QDBusPendingReply<uint> reply = call;
    if (!reply.isError()) {
        m_ids.insert(key, reply.value());
        if (pending.withdrawn)
            close(reply.value());
    }
    if (pending.next)
        send(*pending.next);
}

void DbusNotifier::withdraw(const QString& key)
{
    if (const auto pending = m_underWay.find(key); pending != m_underWay.end())
        *pending = {true, std::nullopt};
    else if (const auto id = m_ids.constFind(key); id != m_ids.constEnd())
        close(*id);
}

void DbusNotifier::close(uint id)
{
    m_bus.send(call(QStringLiteral("CloseNotification")) << id);
}

void DbusNotifier::onAction(uint id, const QString& action)
{
    const QString key = m_ids.key(id); // everybody hears of everybody's
    if (key.isEmpty())
        return;
    if (action == acknowledgeAction)
        emit acknowledged(key);
    else if (action == defaultAction)
        emit activated();
}

void DbusNotifier::onClosed(uint id, uint)
{
    if (const QString key = m_ids.key(id); !key.isEmpty())
        m_ids.remove(key);
}

} // namespace prism::desktop
