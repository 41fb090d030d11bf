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

protocol::Result<QByteArray> takeTokenFromEnvironment(const QUrl& server, bool isNamed)
{
    const auto unused = [](const QString& why) {
        return protocol::Failure(
            Error{ErrorCode::Validation, QStringLiteral("PRISM_TOKEN is not used: ") + why, {}});
    };
    QByteArray token = qgetenv("PRISM_TOKEN").trimmed();
    qunsetenv("PRISM_TOKEN");
    const QString url = qEnvironmentVariable("PRISM_URL");
    if (token.isEmpty() || (!url.isEmpty() && !isSameServer(QUrl(url), server)))
        return QByteArray();
    if (url.isEmpty() && !isNamed)
        return unused(QStringLiteral("neither PRISM_URL nor --server names the server that it is for"));
    if (!protocol::readToken(token))
        return unused(QStringLiteral("it is not a token, which begins with prism_ and has no blanks in it"));
    return token;
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
