#include "tests/support/tls_identity.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>

namespace prism::test {

namespace {

bool copyOver(const QString& from, const QString& to)
{
    QFile::remove(to);
    return QFile::copy(from, to);
}

} // namespace

TlsIdentity::TlsIdentity(const QString& name, const QStringList& options)
{
    const QStringList request{QStringLiteral("req"),
                              QStringLiteral("-x509"),
                              QStringLiteral("-newkey"),
                              QStringLiteral("ec"),
                              QStringLiteral("-pkeyopt"),
                              QStringLiteral("ec_paramgen_curve:prime256v1"),
                              QStringLiteral("-nodes"),
                              QStringLiteral("-days"),
                              QStringLiteral("2"),
                              QStringLiteral("-subj"),
                              QStringLiteral("/CN=") + name,
                              QStringLiteral("-addext"),
                              QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1"),
                              QStringLiteral("-out"),
                              certificateFile(),
                              QStringLiteral("-keyout"),
                              keyFile()};
    if (!openssl(request + options))
        qWarning("openssl made no certificate");
}

bool TlsIdentity::openssl(const QStringList& arguments, QByteArray* output)
{
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments);
    process.closeWriteChannel();
    const bool isDone = process.waitForFinished() && process.exitCode() == 0;
    if (output != nullptr)
        *output = process.readAllStandardOutput() + process.readAllStandardError();
    return isDone;
}

QStringList TlsIdentity::options() const
{
    return {QStringLiteral("--tls-cert"), certificateFile(), QStringLiteral("--tls-key"), keyFile()};
}

QSslConfiguration TlsIdentity::client() const
{
    QSslConfiguration client = QSslConfiguration::defaultConfiguration();
    client.setCaCertificates(QSslCertificate::fromPath(certificateFile()));
    return client;
}

bool TlsIdentity::replaceBy(const TlsIdentity& other) const
{
    return copyOver(other.certificateFile(), certificateFile()) && copyOver(other.keyFile(), keyFile());
}

} // namespace prism::test
