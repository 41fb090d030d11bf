#pragma once

#include <QObject>

namespace prism::desktop {

/// What a notification of the desktop says.
struct Notification
{
    enum class Urgency { Low, Normal, Critical };

    QString key; ///< one with the same key takes the other's place
    QString title;
    QString text;
    Urgency urgency = Urgency::Normal;
    bool canAcknowledge = false; ///< it is about an alert, and offers to acknowledge it
};

/// Whatever shows notifications. Lives on the GUI thread.
class Notifier : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void show(const Notification& notification) = 0;
    /// Takes it away again, if it is still there.
    virtual void withdraw(const QString& key) = 0;

signals:
    /// Somebody chose "Acknowledge" on the one with this key.
    void acknowledged(const QString& key);
    /// Somebody clicked one.
    void activated();
};

} // namespace prism::desktop
