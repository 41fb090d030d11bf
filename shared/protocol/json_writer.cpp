#include "shared/protocol/json_writer.h"

#include "shared/protocol/json_reader.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace prism::protocol {

namespace {

constexpr char digits[] = "0123456789abcdef";

char* putUnicodeEscape(char* to, char16_t unit)
{
    *to++ = '\\';
    *to++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4)
        *to++ = digits[(unit >> shift) & 0xF];
    return to;
}

/// What follows the backslash of a two-character escape; 0 where there is none.
char shortEscape(char16_t unit)
{
    switch (unit) {
    case '"':
    case '\\':
        return char(unit);
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

char* putMultibyte(char* to, char32_t code)
{
    const auto put = [&to](char32_t byte) { *to++ = char(byte); };
    if (code < 0x800) {
        put(0xC0 | (code >> 6));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
    }
    put(0x80 | (code & 0x3F));
    return to;
}

} // namespace

/// Room for `most` bytes behind what is written; finish() says where what was put there ends.
char* JsonWriter::reserve(qsizetype most)
{
    const qsizetype before = m_out.size();
    m_out.resize(before + most);
    return m_out.data() + before;
}

void JsonWriter::finish(const char* end)
{
    m_out.resize(end - m_out.constData());
}

char* JsonWriter::putComma(char* to)
{
    if (std::exchange(m_needsComma, true))
        *to++ = ',';
    return to;
}

void JsonWriter::begin(char bracket)
{
    char* to = putComma(reserve(2));
    *to++ = bracket;
    finish(to);
    m_needsComma = false;
}

void JsonWriter::end(char bracket)
{
    m_out += bracket;
    m_needsComma = true;
}

void JsonWriter::key(QLatin1String name)
{
    quoted(name, ":");
    m_needsComma = false;
}

void JsonWriter::value(QStringView text)
{
    escaped(text);
}

void JsonWriter::value(QLatin1String name)
{
    quoted(name);
}

void JsonWriter::quoted(QByteArrayView plain, QByteArrayView behind)
{
    char* to = putComma(reserve(plain.size() + behind.size() + 3));
    *to++ = '"';
    to = std::copy(plain.begin(), plain.end(), to);
    *to++ = '"';
    finish(std::copy(behind.begin(), behind.end(), to));
}

void JsonWriter::value(bool truth)
{
    raw(truth ? "true" : "false");
}

void JsonWriter::value(Timestamp time)
{
    quoted(toIsoUtf8(time));
}

void JsonWriter::value(const QStringList& texts)
{
    beginArray();
    for (const QString& text : texts)
        value(text);
    endArray();
}

void JsonWriter::null()
{
    raw("null");
}

void JsonWriter::raw(QByteArrayView json)
{
    char* to = putComma(reserve(json.size() + 1));
    finish(std::copy(json.begin(), json.end(), to));
}

void JsonWriter::value(qint64 number)
{
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, number);
    raw({text, end.ptr - text});
}

void JsonWriter::value(double number)
{
    constexpr double largestExact = 9007199254740992.0;
    if (!std::isfinite(number))
        return null();
    if (std::abs(number) < largestExact && std::trunc(number) == number)
        return value(qint64(number));
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, number);
    raw({text, end.ptr - text});
}

void JsonWriter::value(const QJsonValue& json)
{
    switch (json.type()) {
    case QJsonValue::Bool:
        return value(json.toBool());
    case QJsonValue::Double: {
        const std::optional<qint64> whole = wholeNumberOf(json);
        return whole ? value(*whole) : value(json.toDouble());
    }
    case QJsonValue::String:
        return value(QStringView(json.toString()));
    case QJsonValue::Array: {
        beginArray();
        const QJsonArray array = json.toArray();
        for (const auto& entry : array)
            value(QJsonValue(entry));
        return endArray();
    }
    case QJsonValue::Object: {
        beginObject();
        const QJsonObject object = json.toObject();
        for (auto field = object.begin(); field != object.end(); ++field) {
            escaped(field.key(), ":");
            m_needsComma = false;
            value(QJsonValue(field.value()));
        }
        return endObject();
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return null();
    }
}

/// Half a surrogate pair, which UTF-8 cannot say, is written as an escape, and so is a byte order mark, which
/// readers drop at the start of a text.
void JsonWriter::escaped(QStringView text, QByteArrayView behind)
{
    constexpr qsizetype longestUnit = 6;
    char* to = putComma(reserve(text.size() * longestUnit + behind.size() + 3));
    *to++ = '"';
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        const bool isPair =
            QChar::isHighSurrogate(unit) && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (unit >= 0x20 && unit < 0x80 && unit != '"' && unit != '\\') {
            *to++ = char(unit);
        } else if (const char letter = shortEscape(unit)) {
            *to++ = '\\';
            *to++ = letter;
        } else if (isPair) {
            to = putMultibyte(to, QChar::surrogateToUcs4(unit, text[++i].unicode()));
        } else if (unit < 0x20 || QChar::isSurrogate(unit) || unit == QChar::ByteOrderMark) {
            to = putUnicodeEscape(to, unit);
        } else {
            to = putMultibyte(to, unit);
        }
    }
    *to++ = '"';
    finish(std::copy(behind.begin(), behind.end(), to));
}

QByteArray writtenJson(const QJsonValue& value)
{
    QByteArray text;
    JsonWriter(text).value(value);
    return text;
}

} // namespace prism::protocol
