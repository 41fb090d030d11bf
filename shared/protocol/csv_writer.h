#pragma once

#include <QByteArray>
#include <QStringList>

namespace prism::protocol {

/// Writes CSV (RFC 4180) that does no harm where a spreadsheet opens it: a text that it would take for a
/// formula (= + - @, also as wide as an ideograph, and white space that hides one) has an apostrophe put
/// before it, and what ends a text for some readers, NUL, becomes U+FFFD. A value.
class CsvWriter
{
public:
    enum class Quotes { Always, WhereNeeded };

    explicit CsvWriter(Quotes quotes = Quotes::Always)
        : m_quotes(quotes)
    {
    }

    /// What tells a spreadsheet that a file is UTF-8, at its very beginning.
    static QByteArray byteOrderMark() { return QByteArrayLiteral("\xef\xbb\xbf"); }

    void addText(const QString& text);
    void addTexts(const QStringList& texts);

    /// The digits of a number, which may have a sign and is left as it is.
    void addNumber(const QString& digits);

    void endLine();

    const QByteArray& bytes() const { return m_bytes; }

private:
    void addCell(const QByteArray& cell);

    Quotes m_quotes;
    bool m_lineBegins = true;
    QByteArray m_bytes;
};

} // namespace prism::protocol
