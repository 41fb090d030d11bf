#include "shared/protocol/csv_writer.h"

namespace prism::protocol {

void CsvWriter::addText(const QString& text)
{
    constexpr QLatin1String risky("=+-@\t\r");
    const bool isFormula = !text.isEmpty() && risky.contains(text.front());
    addCell((isFormula ? "'" : "") + text.toUtf8());
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
