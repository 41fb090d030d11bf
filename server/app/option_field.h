#pragma once

#include "server/http/trusted_proxies.h"
#include "shared/protocol/names.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

namespace prism::app {

struct Endpoint
{
    QHostAddress address;
    quint16 port = 0;
    QString path = {}; ///< of a Unix socket; empty for an address and a port

    bool isSocket() const { return !path.isEmpty(); }
    bool isOfThisMachine() const { return isSocket() || address.isLoopback(); }
};

/// Puts the text of an option into its field, which has to live as long. Gives what is wrong with the text,
/// or nothing where it was taken.
using PutText = std::function<QString(const QString& text)>;

/// A field that gets what `parse` makes of the text: an optional, empty for what is refused with `why`, where
/// %1 stands for the text.
template <typename Field, typename Parse>
PutText parsed(Field& field, Parse parse, const QString& why)
{
    return [&field, parse, why](const QString& given) {
        const auto value = parse(given);
        if (!value)
            return QString(why).replace(QLatin1String("%1"), given);
        field = Field(*value);
        return QString();
    };
}

PutText text(QString& field);

/// Names or addresses of hosts, without ports, with commas between them.
PutText hosts(QStringList& field);

/// Web origins, SCHEME://HOST[:PORT] or null, with commas between them.
PutText origins(QStringList& field);

/// Ranges of addresses of proxies, or unix, with commas between them.
PutText proxies(http::TrustedProxies::Settings& field);

/// SCHEME://HOST[:PORT] of http or https, or nothing. As browsers write it in Origin.
PutText publicUrl(QString& field);

PutText trueOrFalse(bool& field);

/// HOST:PORT with an IP address or localhost.
PutText endpoint(Endpoint& field);

/// The same, or unix:PATH.
PutText endpointOrSocket(Endpoint& field);

/// HOST:PORT, or "off" for none.
PutText endpointOrOff(std::optional<Endpoint>& field);

/// sqlite:FILE, of which the field gets FILE; prism.db where nothing is said.
PutText sqliteFile(QString& field);

/// The IANA name of a time zone, or nothing.
PutText timeZone(QString& field);

/// From 0.01 seconds to a day.
PutText seconds(std::chrono::milliseconds& field);

/// The whole number, where the text is one from min to max.
std::optional<qint64> wholeNumber(const QString& text, qint64 min, qint64 max);

/// A whole number from min to max, of units such as std::chrono::days where there are any.
template <typename Unit = qint64, typename Field>
PutText whole(Field& field, qint64 min, qint64 max)
{
    const auto parse = [min, max](const QString& given) -> std::optional<Unit> {
        const std::optional<qint64> number = wholeNumber(given, min, max);
        return number ? std::optional(Unit(*number)) : std::nullopt;
    };
    return parsed(field, parse, QStringLiteral("must be a whole number from %1 to %2").arg(min).arg(max));
}

/// The name, in any case, of one of the values.
template <typename E, std::size_t N>
PutText oneOf(E& field, const std::array<protocol::Name<E>, N>& names)
{
    return parsed(
        field, [names](const QString& given) { return valueOf(names, given.toLower()); }, choices(names));
}

} // namespace prism::app
