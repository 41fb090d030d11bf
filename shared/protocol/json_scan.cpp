#include "shared/protocol/json_scan.h"

#include "shared/protocol/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace prism::protocol {

namespace {

constexpr std::size_t mostNotes = 20;
constexpr char byteOrderMark[] = "\xEF\xBB\xBF";

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '.';
}

QString hex(unsigned value, int width)
{
    return QStringLiteral("%1").arg(value, width, 16, QLatin1Char('0'));
}

/// The byte, for a person.
QString shown(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    const bool isPrintable = byte > ' ' && byte < 0x7F;
    return isPrintable ? QStringLiteral("'%1'").arg(QLatin1Char(c))
                       : QStringLiteral("the byte 0x") + hex(byte, 2);
}

/// Whether none of eight bytes of a text needs a second look: no quote, backslash, control character, and
/// nothing but ASCII. May say no where a byte above another is harmless, never yes where one is not.
bool arePlain(const char* bytes)
{
    constexpr quint64 ones = 0x0101010101010101;
    constexpr quint64 highs = 0x8080808080808080;
    quint64 word = 0;
    std::memcpy(&word, bytes, sizeof word);
    const quint64 quote = word ^ (ones * '"');
    const quint64 backslash = word ^ (ones * '\\');
    return ((word | (word - ones * ' ') | (quote - ones) | (backslash - ones)) & highs) == 0;
}

bool isPlain(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= ' ' && byte < 0x80 && c != '"' && c != '\\';
}

} // namespace

JsonScan::JsonScan(QByteArrayView text, int maxDepth)
    : m_begin(text.data())
    , m_end(text.data() + text.size())
    , m_maxDepth(maxDepth)
    , m_at(text.data())
{
    scan();
}

void JsonScan::scan()
{
    if (QByteArrayView(m_begin, m_end - m_begin).startsWith(byteOrderMark)) {
        fail(QStringLiteral("begins with a byte order mark, which JSON does not have"));
        return;
    }
    skipSpace();
    if (atEnd()) {
        fail(QStringLiteral("is empty"), m_begin);
        return;
    }
    if (!value())
        return;
    m_isContainer = !m_open.isEmpty();
    while (!m_open.isEmpty()) {
        skipSpace();
        if (atEnd()) {
            fail(m_open.back() == '[' ? QStringLiteral("ends within an array")
                                      : QStringLiteral("ends within an object"));
            return;
        }
        if (!step())
            return;
    }
    skipSpace();
    if (!atEnd())
        fail(QStringLiteral("has %1 behind the end of the value").arg(shown(*m_at)));
}

/// What comes next within an array or object.
bool JsonScan::step()
{
    const char c = *m_at;
    const bool mayEnd = m_next != Next::Value && m_next != Next::Name;
    if (mayEnd && (c == ']' || c == '}'))
        return close(c);
    if (m_next == Next::CommaOrEnd) {
        if (c != ',')
            return failUnexpected(isInArray() ? QStringLiteral("a comma or ]")
                                              : QStringLiteral("a comma or }"));
        ++m_at;
        m_next = isInArray() ? Next::Value : Next::Name;
        return true;
    }
    return m_next == Next::Name || m_next == Next::NameOrEnd ? name() : value();
}

bool JsonScan::value()
{
    switch (*m_at) {
    case '{':
    case '[':
        return open(*m_at);
    case '"':
        m_next = Next::CommaOrEnd;
        return text();
    case 't':
    case 'f':
    case 'n':
        m_next = Next::CommaOrEnd;
        return literal();
    default:
        break;
    }
    if (*m_at == '-' || isDigit(*m_at)) {
        m_next = Next::CommaOrEnd;
        return number();
    }
    if (*m_at == ']' || *m_at == '}')
        return fail(QStringLiteral("has no value before %1").arg(shown(*m_at)));
    if (*m_at == '+' || *m_at == '.')
        return fail(QStringLiteral("has a number that begins with %1; it begins with a digit or -")
                        .arg(shown(*m_at)));
    return failUnexpected(QStringLiteral("a value"));
}

bool JsonScan::open(char bracket)
{
    if (m_open.size() >= m_maxDepth)
        return fail(QStringLiteral("is nested more than %1 deep").arg(m_maxDepth));
    m_open.append(bracket);
    m_next = bracket == '[' ? Next::ValueOrEnd : Next::NameOrEnd;
    ++m_at;
    return true;
}

bool JsonScan::close(char bracket)
{
    if (isInArray() != (bracket == ']'))
        return fail(QStringLiteral("has %1 where %2 was opened").arg(shown(bracket), shown(m_open.back())));
    m_open.removeLast();
    m_next = Next::CommaOrEnd;
    ++m_at;
    return true;
}

bool JsonScan::name()
{
    if (*m_at == '}')
        return fail(QStringLiteral("has no name behind the comma"));
    if (*m_at != '"')
        return failUnexpected(QStringLiteral("a name in double quotes"));
    if (!text())
        return false;
    skipSpace();
    if (atEnd())
        return fail(QStringLiteral("ends behind a name"));
    if (*m_at != ':')
        return failUnexpected(QStringLiteral("a colon behind the name"));
    ++m_at;
    skipSpace();
    if (atEnd())
        return fail(QStringLiteral("ends behind a colon"));
    return value();
}

bool JsonScan::text()
{
    const char* const start = m_at++;
    for (;;) {
        m_at = plainEnd(m_at);
        if (atEnd())
            return fail(QStringLiteral("ends within the text that begins"), start);
        if (*m_at == '"') {
            ++m_at;
            return true;
        }
        if (*m_at == '\\' ? !escape() : !multibyte())
            return false;
    }
}

/// The first byte from there on that is not simply a part of a text.
const char* JsonScan::plainEnd(const char* from) const
{
    constexpr std::ptrdiff_t stride = sizeof(quint64);
    while (m_end - from >= stride && arePlain(from))
        from += stride;
    while (from != m_end && isPlain(*from))
        ++from;
    return from;
}

bool JsonScan::escape()
{
    const char* const start = m_at++;
    if (atEnd())
        return fail(QStringLiteral("ends within an escape"), start);
    switch (*m_at) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        ++m_at;
        return true;
    case 'u':
        m_at = start;
        return unicodeEscape();
    default:
        return fail(QStringLiteral("has a backslash before %1, which is no escape; a backslash itself is "
                                   "written twice")
                        .arg(shown(*m_at)),
                    start);
    }
}

bool JsonScan::unicodeEscape()
{
    const char* const start = m_at;
    const std::optional<char16_t> unit = codeUnit();
    if (!unit)
        return false;
    if (*unit == 0)
        note(QStringLiteral("must not contain a NUL character"), start);
    if (!QChar::isSurrogate(*unit))
        return true;
    if (QChar::isHighSurrogate(*unit) && m_end - m_at >= 2 && m_at[0] == '\\' && m_at[1] == 'u') {
        const char* const second = m_at;
        const std::optional<char16_t> low = codeUnit();
        if (!low)
            return false;
        if (QChar::isLowSurrogate(*low))
            return true;
        m_at = second; // has a meaning of its own
    }
    note(QStringLiteral("must be valid Unicode text: \\u%1 is half a surrogate pair").arg(hex(*unit, 4)),
         start);
    return true;
}

/// Of the escape of six bytes that begins here.
std::optional<char16_t> JsonScan::codeUnit()
{
    constexpr std::ptrdiff_t length = 6;
    unsigned unit = 0;
    const char* const digits = m_at + 2;
    const bool isWhole = m_end - m_at >= length;
    const auto read = isWhole ? std::from_chars(digits, digits + 4, unit, 16) : std::from_chars_result{};
    if (!isWhole || read.ptr != digits + 4) {
        fail(QStringLiteral("has a \\u without four hexadecimal digits behind it"));
        return std::nullopt;
    }
    m_at += length;
    return char16_t(unit);
}

bool JsonScan::multibyte()
{
    const auto byte = static_cast<unsigned char>(*m_at);
    if (byte < ' ')
        return fail(QStringLiteral("has a control character within a text; it is written as \\u%1")
                        .arg(hex(byte, 4)));
    const int length = lengthOfCharacter(m_at, m_end);
    if (length == 0)
        return fail(QStringLiteral("is not UTF-8: %1 begins no character").arg(shown(*m_at)));
    m_hasMarkedText = m_hasMarkedText || (m_at[-1] == '"' && std::memcmp(m_at, byteOrderMark, 3) == 0);
    m_at += length;
    return true;
}

bool JsonScan::number()
{
    const char* const start = m_at;
    const auto digits = [this] {
        const char* const first = m_at;
        while (!atEnd() && isDigit(*m_at))
            ++m_at;
        return m_at != first;
    };
    if (*m_at == '-')
        ++m_at;
    const char* const whole = m_at;
    if (!digits())
        return fail(QStringLiteral("has a - without a digit behind it"), start);
    if (*whole == '0' && m_at - whole > 1)
        return fail(QStringLiteral("has a number with a 0 before its first digit"), start);
    bool isWhole = true;
    bool hasExponent = false;
    if (!atEnd() && *m_at == '.') {
        isWhole = false;
        ++m_at;
        if (!digits())
            return fail(QStringLiteral("has a number without a digit behind its point"), start);
    }
    if (!atEnd() && (*m_at == 'e' || *m_at == 'E')) {
        isWhole = false;
        hasExponent = true;
        ++m_at;
        if (!atEnd() && (*m_at == '+' || *m_at == '-'))
            ++m_at;
        if (!digits())
            return fail(QStringLiteral("has a number without a digit in its exponent"), start);
    }
    if (!atEnd() && isWordCharacter(*m_at))
        return fail(QStringLiteral("has %1 within a number").arg(shown(*m_at)));
    weighNumber(start, isWhole, hasExponent);
    return true;
}

/// Few numbers are long enough to be looked at twice.
void JsonScan::weighNumber(const char* start, bool isWhole, bool hasExponent)
{
    constexpr std::ptrdiff_t surelyWithin = 18;
    constexpr std::ptrdiff_t surelyFinite = 300;
    const std::ptrdiff_t length = m_at - start;
    if (isWhole && length > surelyWithin) {
        qint64 number = 0;
        if (std::from_chars(start, m_at, number).ec != std::errc())
            note(QStringLiteral("has a whole number beyond 64 bits"), start);
    } else if (hasExponent || (!isWhole && length > surelyFinite)) {
        double number = 0;
        if (std::from_chars(start, m_at, number).ec != std::errc())
            note(QStringLiteral("has a number too large or too small to be kept"), start);
    }
}

bool JsonScan::literal()
{
    const char* const start = m_at;
    while (!atEnd() && isWordCharacter(*m_at))
        ++m_at;
    const QByteArrayView word(start, m_at - start);
    constexpr std::array<QByteArrayView, 3> known{"true", "false", "null"};
    if (std::find(known.begin(), known.end(), word) != known.end())
        return true;
    m_at = start;
    return failUnexpected(QStringLiteral("a value"));
}

void JsonScan::skipSpace()
{
    while (!atEnd() && isJsonSpace(*m_at))
        ++m_at;
}

bool JsonScan::fail(const QString& why, const char* at)
{
    m_malformed = JsonFault{at - m_begin, why};
    return false;
}

bool JsonScan::failUnexpected(const QString& expected)
{
    constexpr std::ptrdiff_t longestShown = 20;
    const char* end = m_at;
    while (end != m_end && end - m_at < longestShown && isWordCharacter(*end))
        ++end;
    const QString found = end - m_at > 1 ? QString::fromLatin1(m_at, end - m_at) : shown(*m_at);
    QString why = QStringLiteral("has %1 where %2 is expected").arg(found, expected);
    if (*m_at == '/')
        why += QStringLiteral("; JSON has no comments");
    else if (*m_at == '\'')
        why += QStringLiteral("; texts are in double quotes");
    return fail(why);
}

void JsonScan::note(const QString& why, const char* at)
{
    if (m_unstorable.size() < mostNotes)
        m_unstorable.push_back({at - m_begin, why});
}

} // namespace prism::protocol
