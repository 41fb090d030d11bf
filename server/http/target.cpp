#include "server/http/target.h"

#include <QList>

#include <algorithm>

namespace prism::http {

namespace {

using Refusal = tl::unexpected<QString>;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// What makes up a name of a host beside letters, digits and what is percent-encoded (RFC 3986, 3.2.2).
bool isMark(char c)
{
    return QByteArrayView("-._~!$&'()*+,;=").contains(c);
}

bool isEncoding(QByteArrayView text, qsizetype at)
{
    return at + 2 < text.size() && text[at] == '%' && isHex(text[at + 1]) && isHex(text[at + 2]);
}

bool isHostName(QByteArrayView name)
{
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (isEncoding(name, i))
            i += 2;
        else if (!isLetter(name[i]) && !isDigit(name[i]) && !isMark(name[i]))
            return false;
    }
    return !name.isEmpty();
}

bool isBracketed(QByteArrayView address)
{
    return address.size() > 2 && std::all_of(address.begin() + 1, address.end() - 1, [](char c) {
               return isLetter(c) || isDigit(c) || c == ':' || isMark(c);
           });
}

bool isPort(QByteArrayView text)
{
    constexpr int highest = 65'535;
    constexpr qsizetype mostDigits = 5;
    return text.size() <= mostDigits && std::all_of(text.begin(), text.end(), isDigit) &&
           text.toByteArray().toInt() <= highest;
}

/// What is wrong with the characters of a path or a query; nothing as a rule. Raw UTF-8 is taken as if it had
/// been encoded: many send it, and it can mean one thing only.
QString faultOf(QByteArrayView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '#')
            return QStringLiteral("The request's target must not have a fragment.");
        if (text[i] != '%')
            continue;
        if (!isEncoding(text, i))
            return QStringLiteral(
                "A percent sign in the request's target must be followed by two hex digits.");
    }
    const QByteArray decoded = QByteArray::fromPercentEncoding(text.toByteArray());
    return decoded.isValidUtf8() ? QString() : QStringLiteral("The request's target is not UTF-8.");
}

bool isPlain(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return c == '%' || c == '#' || static_cast<unsigned char>(c) > 126; });
}

/// Whether a segment is this one, "." or "..", be its dots encoded or not.
bool isDots(QByteArrayView segment, QByteArrayView dots)
{
    constexpr qsizetype longestDots = 6;
    return segment.size() <= longestDots &&
           segment.toByteArray().replace("%2e", ".").replace("%2E", ".") == dots;
}

/// RFC 3986, section 5.2.4.
QByteArray withoutDotSegments(QByteArrayView path)
{
    const bool mayHaveSome = path.contains("/.") || path.contains("/%2");
    if (!mayHaveSome)
        return path.toByteArray();
    const QList<QByteArray> segments = path.sliced(1).toByteArray().split('/');
    QList<QByteArray> kept;
    for (const QByteArray& segment : segments) {
        const bool isParent = isDots(segment, "..");
        if (isParent && !kept.isEmpty())
            kept.removeLast();
        if (!isParent && !isDots(segment, "."))
            kept.append(segment);
    }
    const bool endsWithSlash = isDots(segments.last(), ".") || isDots(segments.last(), "..");
    if (endsWithSlash)
        kept.append(QByteArray());
    return '/' + kept.join('/');
}

tl::expected<Target, QString> readPath(QByteArrayView text, Target target)
{
    if (!isPlain(text)) {
        if (const QString fault = faultOf(text); !fault.isEmpty())
            return Refusal(fault);
    }
    const qsizetype question = text.indexOf('?');
    target.path = withoutDotSegments(question < 0 ? text : text.first(question));
    if (question >= 0)
        target.query = text.sliced(question + 1).toByteArray();
    return target;
}

/// RFC 9112, section 3.2.2. Of a server without a path the whole is meant by OPTIONS, and the root else.
tl::expected<Target, QString> readAddress(QByteArrayView method, QByteArrayView address)
{
    const qsizetype colon = address.indexOf("://");
    const QByteArray scheme = address.first(std::max<qsizetype>(colon, 0)).toByteArray().toLower();
    if (scheme != "http" && scheme != "https")
        return Refusal(
            QStringLiteral("The request's target must begin with a slash, or be an http address."));
    const QByteArrayView rest = address.sliced(colon + 3);
    const auto* const end =
        std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?' || c == '#'; });
    Target target;
    target.authority = rest.first(end - rest.begin()).toByteArray();
    if (!isAuthority(target.authority))
        return Refusal(QStringLiteral("The request's target does not name a host."));
    const QByteArrayView behind = rest.sliced(end - rest.begin());
    if (behind.startsWith('/'))
        return readPath(behind, std::move(target));
    if (behind.isEmpty() && method == "OPTIONS") {
        target.path = "*";
        return target;
    }
    return readPath('/' + behind.toByteArray(), std::move(target));
}

} // namespace

bool isAuthority(QByteArrayView text)
{
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        if (end < 0 || !isBracketed(text.first(end + 1)))
            return false;
        const QByteArrayView behind = text.sliced(end + 1);
        return behind.isEmpty() || (behind.startsWith(':') && isPort(behind.sliced(1)));
    }
    const qsizetype colon = text.indexOf(':');
    return colon < 0 ? isHostName(text) : isHostName(text.first(colon)) && isPort(text.sliced(colon + 1));
}

tl::expected<Target, QString> Target::read(QByteArrayView method, QByteArrayView target)
{
    if (method == "CONNECT") {
        if (!isAuthority(target) || !target.contains(':'))
            return Refusal(QStringLiteral("The target of CONNECT must be a host and a port."));
        return Target{};
    }
    if (target == "*") {
        if (method != "OPTIONS")
            return Refusal(QStringLiteral("Only OPTIONS may ask for the server as a whole."));
        return Target{"*", {}, {}};
    }
    return target.startsWith('/') ? readPath(target, {}) : readAddress(method, target);
}

} // namespace prism::http
