#include "server/app/option_field.h"

#include "server/http/socket_file.h"
#include "server/http/target.h"

#include <QDir>
#include <QFile>
#include <QTimeZone>
#include <QUrl>

#include <algorithm>

namespace prism::app {

using protocol::Name;

namespace {

std::optional<Endpoint> endpointOf(const QString& text)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    QString host = text.left(std::max<qsizetype>(colon, 0));
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')))
        host = host.mid(1, host.size() - 2);
    bool isNumber = false;
    Endpoint endpoint;
    endpoint.port = QStringView(text).mid(colon + 1).toUShort(&isNumber);
    endpoint.address =
        host == QLatin1String("localhost") ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
    if (colon < 0 || !isNumber || endpoint.address.isNull())
        return std::nullopt;
    return endpoint;
}

bool isHost(const QString& text)
{
    const bool hasPort = text.contains(QLatin1Char(':')) && QHostAddress(text).isNull();
    return !hasPort && (http::isAuthority(text.toUtf8()) || !QHostAddress(text).isNull());
}

/// As browsers write it, so in lower case, and a port that goes without saying is not there.
bool isOrigin(const QString& text)
{
    const qsizetype scheme = text.indexOf(QLatin1String("://"));
    return text == QLatin1String("null") ||
           (scheme > 0 && text == text.toLower() && http::isAuthority(text.mid(scheme + 3).toUtf8()));
}

/// Texts with commas between them, each of which `isGood`.
PutText listOf(QStringList& field, bool (*isGood)(const QString&), const QString& why)
{
    return [&field, isGood, why](const QString& given) {
        QStringList texts;
        const QStringList parts = given.split(QLatin1Char(','), Qt::SkipEmptyParts);
        for (const QString& part : parts)
            texts.append(part.trimmed());
        if (!std::all_of(texts.begin(), texts.end(), isGood))
            return why;
        field = texts;
        return QString();
    };
}

std::optional<QString> sqliteFileOf(const QString& url)
{
    const QString scheme = QStringLiteral("sqlite:");
    if (url.isEmpty())
        return QStringLiteral("prism.db");
    if (!url.startsWith(scheme) || url.size() == scheme.size())
        return std::nullopt;
    return url.mid(scheme.size());
}

std::optional<QString> timeZoneOf(const QString& name)
{
    const bool isGood = name.isEmpty() || QTimeZone::isTimeZoneIdAvailable(name.toUtf8());
    return isGood ? std::optional(name) : std::nullopt;
}

std::optional<std::chrono::milliseconds> secondsOf(const QString& text)
{
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    if (!isNumber || !(value >= 0.01 && value <= 86'400))
        return std::nullopt;
    return std::chrono::milliseconds(qint64(value * 1000));
}

/// What is wrong with the path of a socket, or nothing.
QString whyNoSocket(const QString& path)
{
    if (!path.startsWith(QLatin1Char('/')) || path.endsWith(QLatin1Char('/')))
        return QStringLiteral("must be unix: and the whole path of a socket, such as "
                              "unix:/run/prism/prism.sock");
    const bool isLong = QFile::encodeName(path).size() > http::SocketFile::longestPath;
    return isLong ? QStringLiteral("the path of a socket has %1 bytes at most; name a shorter one")
                        .arg(http::SocketFile::longestPath)
                  : QString();
}

std::optional<QString> publicUrlOf(const QString& text)
{
    if (text.isEmpty())
        return text;
    QUrl url(text, QUrl::StrictMode);
    const bool isPlain = url.isValid() && (url.path().isEmpty() || url.path() == QLatin1String("/")) &&
                         !url.hasQuery() && !url.hasFragment() && url.userInfo().isEmpty();
    const bool isHttps = url.scheme() == QLatin1String("https");
    if (!isPlain || (!isHttps && url.scheme() != QLatin1String("http")) || url.host().isEmpty())
        return std::nullopt;
    if (url.port() == (isHttps ? 443 : 80))
        url.setPort(-1);
    url.setPath(QString());
    return url.toString(QUrl::FullyEncoded);
}

} // namespace

PutText text(QString& field)
{
    return [&field](const QString& given) {
        field = given;
        return QString();
    };
}

PutText hosts(QStringList& field)
{
    return listOf(field, isHost, QStringLiteral("must be names or addresses of hosts, without ports"));
}

PutText origins(QStringList& field)
{
    return listOf(field, isOrigin,
                  QStringLiteral("must be origins such as https://board.example, without a path, or null"));
}

PutText proxies(http::TrustedProxies::Settings& field)
{
    return [&field](const QString& given) {
        http::TrustedProxies::Settings read;
        const QStringList parts = given.split(QLatin1Char(','), Qt::SkipEmptyParts);
        for (const QString& part : parts) {
            const QString text = part.trimmed();
            if (text == QLatin1String("unix")) {
                read.socketPeers = true;
                continue;
            }
            const auto network = http::Network::read(text);
            if (!network)
                return QStringLiteral(
                           "'%1' is not an address, a range such as 10.0.0.0/8 without bits beyond "
                           "its prefix, or unix")
                    .arg(text);
            if (network->isEverybody())
                return QStringLiteral("'%1' is everybody, who could say to be anybody: name the proxy's own "
                                      "address")
                    .arg(text);
            read.networks.push_back(*network);
        }
        field = read;
        return QString();
    };
}

PutText publicUrl(QString& field)
{
    return parsed(field, publicUrlOf,
                  QStringLiteral("'%1' is not http:// or https:// and a host, such as https://prism.example; "
                                 "there can be a port and no path"));
}

PutText trueOrFalse(bool& field)
{
    constexpr std::array names{Name<bool>{true, "true"}, Name<bool>{false, "false"}};
    return oneOf(field, names);
}

PutText endpoint(Endpoint& field)
{
    return parsed(field, endpointOf, QStringLiteral("'%1' is not HOST:PORT with an IP address or localhost"));
}

PutText endpointOrSocket(Endpoint& field)
{
    return [&field](const QString& given) {
        const QString scheme = QStringLiteral("unix:");
        if (!given.startsWith(scheme))
            return endpoint(field)(given);
        const QString path = QDir::cleanPath(given.mid(scheme.size()));
        field = {{}, 0, path};
        return whyNoSocket(given.endsWith(QLatin1Char('/')) ? QString() : path);
    };
}

PutText endpointOrOff(std::optional<Endpoint>& field)
{
    return [&field](const QString& given) {
        field.reset();
        return given == QLatin1String("off") ? QString() : endpoint(field.emplace())(given);
    };
}

PutText sqliteFile(QString& field)
{
    return parsed(field, sqliteFileOf,
                  QStringLiteral("'%1' is not sqlite:FILE, the one kind of database known here"));
}

PutText timeZone(QString& field)
{
    return parsed(field, timeZoneOf, QStringLiteral("'%1' is not the name of a time zone"));
}

PutText seconds(std::chrono::milliseconds& field)
{
    return parsed(field, secondsOf, QStringLiteral("must be a number of seconds from 0.01 to 86400"));
}

std::optional<qint64> wholeNumber(const QString& text, qint64 min, qint64 max)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber && number >= min && number <= max ? std::optional(number) : std::nullopt;
}

} // namespace prism::app
