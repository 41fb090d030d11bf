#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>

#include <optional>

namespace prism::http {

/// What one proxy says of whom it passes a request on for.
struct Hop
{
    QHostAddress address; ///< null where it is not told: unknown, or a name that stands for it
    QByteArray proto;     ///< as it was written; empty where it is not told, as the host is
    QByteArray host;
};

/// Reads what proxies wrote behind each other from its end, where the nearest of them wrote. What stands
/// before a place that is not believed any more, and may be anything, is never looked at. A value.
class Hops
{
public:
    /// A field of addresses alone (X-Forwarded-For), or one of pairs (Forwarded, RFC 7239).
    enum class Kind { Addresses, Pairs };

    Hops(Kind kind, QByteArrayView field)
        : m_kind(kind)
        , m_rest(field)
    {
    }

    bool isAtBegin() const { return m_isAtBegin; }

    /// The one before; nothing where what stands there is none.
    std::optional<Hop> previous();

private:
    std::optional<Hop> previousAddress();
    std::optional<Hop> previousPairs();
    bool endHop();

    const Kind m_kind;
    QByteArrayView m_rest; ///< what was not read yet
    bool m_isAtBegin = false;
};

/// An IPv4 or IPv6 address as it is written with a port or without: "1.2.3.4:5", "[2001:db8::1]:5". One of
/// IPv4 that is written as one of IPv6 is told as IPv4. Nothing where it is none.
std::optional<QHostAddress> readNode(QByteArrayView text);

} // namespace prism::http
