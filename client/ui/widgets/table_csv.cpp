#include "client/ui/widgets/table_csv.h"

namespace prism::ui {

namespace {

QByteArray quoted(const QString& text)
{
    constexpr QLatin1String risky("=+-@\t\r");
    QByteArray cell = text.toUtf8();
    cell.replace('"', "\"\"");
    const bool formula = !text.isEmpty() && risky.contains(text.front());
    return (formula ? "\"'" : "\"") + cell + '"';
}

} // namespace

QByteArray csvLine(const QStringList& cells)
{
    QByteArray line;
    for (const QString& cell : cells)
        line += (line.isEmpty() ? "" : ",") + quoted(cell);
    return line + "\r\n";
}

} // namespace prism::ui
