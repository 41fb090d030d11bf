#pragma once

#include <QByteArrayView>
#include <QString>
#include <QVarLengthArray>

#include <optional>
#include <vector>

namespace prism::protocol {

/// White space between the parts of JSON; a text may have more kinds of it.
constexpr bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// What is wrong at one place of a text.
struct JsonFault
{
    qsizetype at = 0; ///< bytes from the beginning
    QString why;
};

/// Reads a text once, byte by byte, and says whether it is JSON as RFC 8259 has it, in UTF-8, with objects
/// and arrays nested `maxDepth` deep at most. To be asked before anything else reads the text: QJsonDocument
/// takes much for JSON that is none, and its own limit of depth is fixed. Borrows the text. Makes nothing on
/// the heap of a text without faults that is not nested deeply.
class JsonScan
{
public:
    JsonScan(QByteArrayView text, int maxDepth);

    /// Why the text is not JSON; nothing where it is.
    const std::optional<JsonFault>& malformed() const { return m_malformed; }

    /// What the grammar allows and nothing here can keep, in the order of the text, 20 at most: half a
    /// surrogate pair, a NUL character, a whole number beyond 64 bits, a number beyond those of a double.
    const std::vector<JsonFault>& unstorable() const { return m_unstorable; }

    /// Whether a well-formed text is an object or an array.
    bool isContainer() const { return m_isContainer; }

    /// Whether a text in it begins with a byte order mark as it is: QJsonDocument drops that.
    bool hasMarkedText() const { return m_hasMarkedText; }

private:
    /// What may come next.
    enum class Next { Value, ValueOrEnd, Name, NameOrEnd, CommaOrEnd };

    void scan();
    bool step();
    bool value();
    bool open(char bracket);
    bool close(char bracket);
    bool name();
    bool text();
    const char* plainEnd(const char* from) const;
    bool escape();
    bool unicodeEscape();
    std::optional<char16_t> codeUnit();
    bool multibyte();
    bool number();
    void weighNumber(const char* start, bool isWhole, bool hasExponent);
    bool literal();

    bool isInArray() const { return m_open.back() == '['; }
    void skipSpace();
    bool atEnd() const { return m_at == m_end; }
    bool fail(const QString& why, const char* at);
    bool fail(const QString& why) { return fail(why, m_at); }
    bool failUnexpected(const QString& expected);
    void note(const QString& why, const char* at);

    const char* const m_begin;
    const char* const m_end;
    const int m_maxDepth;
    const char* m_at;
    Next m_next = Next::Value;
    bool m_isContainer = false;
    bool m_hasMarkedText = false;
    QVarLengthArray<char, 64> m_open; ///< the brackets around the place
    std::optional<JsonFault> m_malformed;
    std::vector<JsonFault> m_unstorable;
};

} // namespace prism::protocol
