#include "client/model/file_secrets.h"

#include "client/model/private_file.h"

#include <QCryptographicHash>
#include <QFile>

namespace prism::model {

namespace {

constexpr qint64 longestSecret = 4096;

} // namespace

QString FileSecrets::pathOf(const QString& key) const
{
    constexpr int length = 32;
    const QByteArray name = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex();
    return m_folder + QStringLiteral("/token-") + QString::fromLatin1(name.left(length));
}

void FileSecrets::read(const QString& key, const Found& found)
{
    QFile file(pathOf(key));
    if (!file.open(QIODevice::ReadOnly))
        return found(std::nullopt);
    const QByteArray secret = file.read(longestSecret).trimmed();
    found(secret.isEmpty() ? std::nullopt : std::optional(secret));
}

void FileSecrets::write(const QString& key, const QByteArray& secret, const Written& written)
{
    written(writePrivateFile(pathOf(key), secret + '\n'));
}

void FileSecrets::remove(const QString& key, const Removed& removed)
{
    QFile::remove(pathOf(key));
    removed();
}

} // namespace prism::model
