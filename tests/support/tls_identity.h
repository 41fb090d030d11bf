#pragma once

#include <QSslConfiguration>
#include <QStringList>
#include <QTemporaryDir>

namespace prism::test {

/// A certificate of its own for localhost with its key, made by openssl(1) into a folder of its own. What a
/// server is started with, and what a client has to know to believe it.
class TlsIdentity
{
public:
    /// `name` is the certificate's, to tell two of them apart. `options` follow those of `openssl req`.
    explicit TlsIdentity(const QString& name = QStringLiteral("one"), const QStringList& options = {});

    QString certificateFile() const { return m_folder.filePath(QStringLiteral("server.crt")); }
    QString keyFile() const { return m_folder.filePath(QStringLiteral("server.key")); }
    QString folder() const { return m_folder.path(); }

    /// What the server is told.
    QStringList options() const;

    /// A client that believes nobody else.
    QSslConfiguration client() const;

    /// Puts another's certificate and key into these files.
    bool replaceBy(const TlsIdentity& other) const;

    /// Runs openssl; whether that worked.
    static bool openssl(const QStringList& arguments, QByteArray* output = nullptr);

private:
    QTemporaryDir m_folder;
};

} // namespace prism::test
