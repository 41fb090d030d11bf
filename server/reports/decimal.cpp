#include "server/reports/decimal.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace prism::reports {

namespace {

bool areDigits(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// "1,234,567": one to three digits, of which the first is none to fill up, and then three each.
bool isGrouped(QStringView text, QChar separator)
{
    constexpr qsizetype group = 3;
    const QList<QStringView> groups = text.split(separator);
    const QStringView first = groups.first();
    return groups.size() > 1 && !first.isEmpty() && first.size() <= group && first.front() != u'0' &&
           areDigits(first) && std::all_of(groups.begin() + 1, groups.end(), [](QStringView each) {
               return each.size() == group && areDigits(each);
           });
}

/// The same with a point for the decimal mark and nothing between the thousands; nothing where it is no
/// number.
std::optional<QString> plain(QStringView text)
{
    const QChar mark = text.lastIndexOf(u',') > text.lastIndexOf(u'.') ? u',' : u'.';
    const QChar other = mark == u',' ? u'.' : u',';
    const qsizetype at = text.lastIndexOf(mark);
    if (at < 0)
        return text.toString();
    QString whole = text.first(at).toString();
    if (text.contains(other)) {
        if (!isGrouped(whole, other))
            return std::nullopt;
        return whole.remove(other) + u'.' + text.sliced(at + 1).toString();
    }
    const bool isOnlyPoint = mark == u'.' && !whole.contains(mark);
    if (!isOnlyPoint && isGrouped(text, mark))
        return text.toString().remove(mark);
    if (whole.contains(mark))
        return std::nullopt;
    return whole + u'.' + text.sliced(at + 1).toString();
}

} // namespace

std::optional<double> decimalNumber(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    const auto exponent =
        std::find_if(trimmed.begin(), trimmed.end(), [](QChar c) { return c == u'e' || c == u'E'; });
    const qsizetype digits = exponent - trimmed.begin();
    const std::optional<QString> mantissa = plain(trimmed.first(digits));
    if (!mantissa)
        return std::nullopt;
    bool isNumber = false;
    const double number = (*mantissa + trimmed.sliced(digits).toString()).toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

} // namespace prism::reports
