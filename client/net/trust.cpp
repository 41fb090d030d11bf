#include "client/net/trust.h"

#include <QCryptographicHash>
#include <QSslCertificate>

namespace prism::net {

namespace {

QString nameOf(const QStringList& common, const QStringList& organizations)
{
    return common.isEmpty() ? organizations.join(QStringLiteral(", ")) : common.join(QStringLiteral(", "));
}

} // namespace

void Trust::setPin(const QByteArray& fingerprint)
{
    if (m_pin == fingerprint)
        return;
    m_pin = fingerprint;
    m_stranger.reset();
    emit pinned();
    emit changed();
}

bool Trust::accepts(const QSslCertificate& certificate, bool isKnown)
{
    if (certificate.isNull()) { // of which there is a digest all the same
        setStranger(std::nullopt);
        return m_pin.isEmpty() && isKnown;
    }
    const QByteArray fingerprint = certificate.digest(QCryptographicHash::Sha256);
    if (m_pin.isEmpty() ? isKnown : m_pin == fingerprint) {
        setStranger(std::nullopt);
        return true;
    }
    setStranger(Certificate{fingerprint,
                            nameOf(certificate.subjectInfo(QSslCertificate::CommonName),
                                   certificate.subjectInfo(QSslCertificate::Organization)),
                            nameOf(certificate.issuerInfo(QSslCertificate::CommonName),
                                   certificate.issuerInfo(QSslCertificate::Organization)),
                            certificate.expiryDate()});
    return false;
}

void Trust::setStranger(const std::optional<Certificate>& stranger)
{
    if (m_stranger == stranger)
        return;
    m_stranger = stranger;
    emit changed();
}

} // namespace prism::net
