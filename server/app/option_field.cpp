#include "server/app/option_field.h"

#include "server/http/target.h"

#include <QTimeZone>

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

PutText trueOrFalse(bool& field)
{
    constexpr std::array names{Name<bool>{true, "true"}, Name<bool>{false, "false"}};
    return oneOf(field, names);
}

PutText endpoint(Endpoint& field)
{
    return parsed(field, endpointOf, QStringLiteral("'%1' is not HOST:PORT with an IP address or localhost"));
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
