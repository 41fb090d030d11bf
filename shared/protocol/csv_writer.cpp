#include "shared/protocol/csv_writer.h"

namespace prism::protocol {

void CsvWriter::addText(const QString& text)
{
    constexpr QStringView risky(u"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20");
    const bool isFormula = !text.isEmpty() && risky.contains(text.front());
    QString cell = isFormula ? u'\'' + text : text;
    addCell(cell.replace(QChar::Null, QChar::ReplacementCharacter).toUtf8());
}

void CsvWriter::addTexts(const QStringList& texts)
{
    for (const QString& text : texts)
        addText(text);
}

void CsvWriter::addNumber(const QString& digits)
{
    addCell(digits.toUtf8());
}

void CsvWriter::endLine()
{
    m_bytes += "\r\n";
    m_lineBegins = true;
}

void CsvWriter::addCell(const QByteArray& cell)
{
    if (!m_lineBegins)
        m_bytes += ',';
    m_lineBegins = false;
    const auto needsQuotes = [](char byte) {
        return byte == '"' || byte == ',' || byte == '\n' || byte == '\r';
    };
    if (m_quotes == Quotes::Always || std::any_of(cell.begin(), cell.end(), needsQuotes))
        m_bytes += '"' + QByteArray(cell).replace('"', "\"\"") + '"';
    else
        m_bytes += cell;
}

} // namespace prism::protocol
