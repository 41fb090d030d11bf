#include "server/http/hops.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>

namespace prism::http {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

QByteArrayView withoutSpacesBehind(QByteArrayView text)
{
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

/// RFC 9110, section 5.6.2.
bool isTokenChar(char c)
{
    return std::isalnum(uchar(c)) != 0 || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isPortNumber(QByteArrayView text)
{
    bool isNumber = false;
    const bool isDigits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    (void)text.toByteArray().toUShort(&isNumber);
    return isDigits && isNumber;
}

/// Strictly: the system's own reader takes no short forms and no zeros in front.
std::optional<QHostAddress> readAddress(QByteArrayView text)
{
    constexpr qsizetype longest = 45;
    if (text.size() > longest || text.contains('\0'))
        return std::nullopt;
    const QByteArray terminated = text.toByteArray();
    in_addr v4{};
    if (::inet_pton(AF_INET, terminated.constData(), &v4) == 1)
        return QHostAddress(ntohl(v4.s_addr));
    in6_addr v6{};
    if (::inet_pton(AF_INET6, terminated.constData(), &v6) != 1)
        return std::nullopt;
    const QHostAddress address(static_cast<const quint8*>(v6.s6_addr));
    bool isIPv4 = false;
    const quint32 mapped = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(mapped) : address;
}

/// RFC 7239, section 6.3: what stands for an address that is not told.
bool isObfuscated(QByteArrayView text)
{
    if (text.compare("unknown", Qt::CaseInsensitive) == 0)
        return true;
    const auto isPart = [](char c) {
        return std::isalnum(uchar(c)) != 0 || c == '.' || c == '_' || c == '-';
    };
    const qsizetype colon = text.indexOf(':');
    const QByteArrayView name = colon < 0 ? text : text.first(colon);
    const QByteArrayView port = colon < 0 ? QByteArrayView("0") : text.sliced(colon + 1);
    const bool hasPort = isPortNumber(port) || (port.size() > 1 && port.front() == '_' &&
                                                std::all_of(port.begin(), port.end(), isPart));
    return name.size() > 1 && name.front() == '_' && std::all_of(name.begin(), name.end(), isPart) && hasPort;
}

std::optional<Hop> hopOf(QByteArrayView node)
{
    if (isObfuscated(node))
        return Hop{};
    const auto address = readNode(node);
    return address ? std::optional(Hop{*address, {}, {}}) : std::nullopt;
}

/// Takes a quoted text (RFC 9110, section 5.6.4) off the end.
std::optional<QByteArray> takeQuoted(QByteArrayView& rest)
{
    rest.chop(1);
    const QByteArrayView within = rest;
    while (!rest.isEmpty()) {
        const bool isQuote = rest.back() == '"';
        rest.chop(1);
        qsizetype slashes = 0;
        while (slashes < rest.size() && rest[rest.size() - 1 - slashes] == '\\')
            ++slashes;
        if (!isQuote || slashes % 2 == 1)
            continue;
        QByteArray text;
        const QByteArrayView quoted = within.sliced(rest.size() + 1);
        for (qsizetype i = 0; i < quoted.size(); ++i) {
            i += quoted[i] == '\\' && i + 1 < quoted.size() ? 1 : 0;
            text += quoted[i];
        }
        return text;
    }
    return std::nullopt;
}

QByteArray takeToken(QByteArrayView& rest)
{
    const QByteArrayView all = rest;
    while (!rest.isEmpty() && isTokenChar(rest.back()))
        rest.chop(1);
    return all.sliced(rest.size()).toByteArray();
}

} // namespace

std::optional<QHostAddress> readNode(QByteArrayView text)
{
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        if (end < 0 || !text.first(end).contains(':'))
            return std::nullopt;
        const QByteArrayView behind = text.sliced(end + 1);
        const bool isWhole = behind.isEmpty() || (behind.front() == ':' && isPortNumber(behind.sliced(1)));
        return isWhole ? readAddress(text.sliced(1, end - 1)) : std::nullopt;
    }
    const qsizetype colon = text.indexOf(':');
    if (colon >= 0 && colon == text.lastIndexOf(':'))
        return isPortNumber(text.sliced(colon + 1)) ? readAddress(text.first(colon)) : std::nullopt;
    return readAddress(text);
}

std::optional<Hop> Hops::previous()
{
    m_rest = withoutSpacesBehind(m_rest);
    return m_kind == Kind::Addresses ? previousAddress() : previousPairs();
}

std::optional<Hop> Hops::previousAddress()
{
    const qsizetype comma = m_rest.lastIndexOf(',');
    QByteArrayView node = m_rest.sliced(comma + 1);
    while (!node.isEmpty() && isSpace(node.front()))
        node = node.sliced(1);
    m_isAtBegin = comma < 0;
    m_rest = m_rest.first(std::max<qsizetype>(comma, 0));
    return hopOf(node);
}

std::optional<Hop> Hops::previousPairs()
{
    constexpr int mostPairs = 16;
    Hop hop;
    QByteArrayList names;
    while (names.size() < mostPairs) {
        const bool isQuoted = !m_rest.isEmpty() && m_rest.back() == '"';
        const std::optional<QByteArray> value =
            isQuoted ? takeQuoted(m_rest) : std::optional(takeToken(m_rest));
        if (!value || (value->isEmpty() && !isQuoted) || m_rest.isEmpty() || m_rest.back() != '=')
            return std::nullopt;
        m_rest.chop(1);
        const QByteArray name = takeToken(m_rest).toLower();
        if (name.isEmpty() || names.contains(name))
            return std::nullopt;
        names.append(name);
        if (name == "for") {
            const std::optional<Hop> told = hopOf(*value);
            if (!told)
                return std::nullopt;
            hop.address = told->address;
        } else if (name == "proto") {
            hop.proto = *value;
        } else if (name == "host") {
            hop.host = *value;
        }
        m_rest = withoutSpacesBehind(m_rest);
        if (endHop())
            return hop;
        if (m_rest.back() != ';')
            return std::nullopt;
        m_rest.chop(1);
        m_rest = withoutSpacesBehind(m_rest);
    }
    return std::nullopt;
}

bool Hops::endHop()
{
    m_isAtBegin = m_rest.isEmpty();
    if (m_isAtBegin)
        return true;
    if (m_rest.back() != ',')
        return false;
    m_rest.chop(1);
    return true;
}

} // namespace prism::http
