#include "client/ui/widgets/foreign_text.h"

#include <algorithm>

namespace prism::ui {

namespace {

constexpr QChar isolate(0x2068), endOfIsolate(0x2069);

bool givesDirections(QChar character)
{
    constexpr char16_t arabicMark = 0x061c;
    switch (character.direction()) {
    case QChar::DirLRE:
    case QChar::DirLRO:
    case QChar::DirRLE:
    case QChar::DirRLO:
    case QChar::DirPDF:
    case QChar::DirLRI:
    case QChar::DirRLI:
    case QChar::DirFSI:
    case QChar::DirPDI:
        return true;
    default:
        return character == QChar(arabicMark);
    }
}

bool runsFromTheRight(uint character)
{
    const QChar::Direction direction = QChar::direction(character);
    return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
}

} // namespace

QString isolated(const QString& text)
{
    QString plain = text;
    plain.removeIf(givesDirections);
    const QList<uint> characters = plain.toUcs4();
    return std::ranges::any_of(characters, runsFromTheRight) ? isolate + plain + endOfIsolate : plain;
}

QString withoutIsolation(const QString& text)
{
    QString plain = text;
    return plain.removeIf([](QChar character) { return character == isolate || character == endOfIsolate; });
}

} // namespace prism::ui
