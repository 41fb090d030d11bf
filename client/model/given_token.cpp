#include "client/model/given_token.h"

#include "shared/protocol/token_text.h"

#include <QFile>

namespace prism::model {

using protocol::Error;
using protocol::ErrorCode;

namespace {

bool isSameServer(const QUrl& a, const QUrl& b)
{
    const int usual = a.scheme() == QLatin1String("https") ? 443 : 80;
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port(usual) == b.port(usual);
}

} // namespace

QByteArray takeTokenFromEnvironment(const QUrl& server)
{
    QByteArray token = qgetenv("PRISM_TOKEN").trimmed();
    qunsetenv("PRISM_TOKEN");
    const QString url = qEnvironmentVariable("PRISM_URL");
    const bool isForThis = url.isEmpty() || isSameServer(QUrl(url), server);
    return isForThis && protocol::readToken(token) ? token : QByteArray();
}

protocol::Result<QByteArray> tokenInFile(const QString& path)
{
    constexpr qint64 longestLine = 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return protocol::Failure(
            Error{ErrorCode::NotFound, QStringLiteral("'%1' cannot be read").arg(path), {}});
    QByteArray token = file.readLine(longestLine).trimmed();
    if (!protocol::readToken(token))
        return protocol::Failure(
            Error{ErrorCode::Validation, QStringLiteral("there is no token in '%1'").arg(path), {}});
    return token;
}

} // namespace prism::model
