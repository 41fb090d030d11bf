#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QString>

#include <optional>

class QSslCertificate;

namespace prism::net {

/// A certificate that a server showed, as far as a person can compare it.
struct Certificate
{
    QByteArray fingerprint; ///< its SHA-256
    QString subject;
    QString issuer;
    QDateTime until;

    bool operator==(const Certificate&) const = default;
};

/// Which certificate a person trusts at one server, beside those that this computer does; with one pinned no
/// other will do, whoever signed it. Lives on the GUI thread.
class Trust : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The fingerprint of the one that is trusted; empty for none.
    const QByteArray& pin() const { return m_pin; }
    void setPin(const QByteArray& fingerprint);

    /// The latest one that was not trusted; nothing once one was.
    const std::optional<Certificate>& stranger() const { return m_stranger; }

    /// Whether to go on with a server that shows it; `isKnown` tells whether this computer trusts it.
    bool accepts(const QSslCertificate& certificate, bool isKnown);

signals:
    void changed();
    /// The pin; before changed().
    void pinned();

private:
    void setStranger(const std::optional<Certificate>& stranger);

    QByteArray m_pin;
    std::optional<Certificate> m_stranger;
};

} // namespace prism::net
