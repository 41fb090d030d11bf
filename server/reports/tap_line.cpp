#include "server/reports/tap_line.h"

#include "server/reports/decimal.h"
#include "shared/protocol/check.h"

#include <algorithm>

namespace prism::reports {

namespace {

qsizetype digitsIn(QStringView text)
{
    const auto end =
        std::find_if_not(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return end - text.begin();
}

/// Where the # begins that is neither escaped nor within a word; the end where there is none.
qsizetype directiveIn(QStringView text)
{
    for (qsizetype at = text.indexOf(u'#'); at >= 0; at = text.indexOf(u'#', at + 1)) {
        if (at == 0 || text[at - 1].isSpace())
            return at;
    }
    return text.size();
}

/// TAP writes # and \ behind a backslash.
QString unescaped(QStringView text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isEscape =
            text[i] == u'\\' && i + 1 < text.size() && (text[i + 1] == u'#' || text[i + 1] == u'\\');
        i += isEscape ? 1 : 0;
        plain += text[i];
    }
    return plain;
}

} // namespace

std::optional<TapPoint> tapPoint(QStringView line)
{
    constexpr QStringView no = u"not ";
    constexpr QStringView ok = u"ok";
    TapPoint point;
    point.isOk = !line.startsWith(no);
    QStringView rest = point.isOk ? line : line.sliced(no.size());
    if (!rest.startsWith(ok))
        return std::nullopt;
    rest = rest.sliced(ok.size());
    if (!rest.isEmpty() && !rest.front().isSpace())
        return std::nullopt;
    rest = rest.trimmed();
    const qsizetype digits = digitsIn(rest);
    point.number = rest.first(digits).toString();
    rest = rest.sliced(digits).trimmed();
    if (rest.startsWith(u'-'))
        rest = rest.sliced(1).trimmed();
    const qsizetype directive = directiveIn(rest);
    point.description = unescaped(rest.first(directive).trimmed());
    const QStringView said = directive < rest.size() ? rest.sliced(directive + 1).trimmed() : QStringView();
    point.isExcused =
        said.startsWith(u"TODO", Qt::CaseInsensitive) || said.startsWith(u"SKIP", Qt::CaseInsensitive);
    point.isOpen = point.isExcused && said.endsWith(u'{');
    return point;
}

std::optional<qint64> tapPlan(QStringView line)
{
    constexpr QStringView start = u"1..";
    if (!line.startsWith(start))
        return std::nullopt;
    const QStringView rest = line.sliced(start.size());
    bool isNumber = false;
    const qint64 count = rest.first(digitsIn(rest)).toLongLong(&isNumber);
    return isNumber ? std::optional(count) : std::nullopt;
}

std::optional<double> tapTime(QStringView line)
{
    double unit = 1;
    QStringView value;
    if (constexpr QStringView time = u"# time="; line.startsWith(time)) {
        value = line.sliced(time.size());
        const bool isMilliseconds = value.endsWith(u"ms");
        unit = isMilliseconds || !value.endsWith(u's') ? 1 : 1000;
        value.chop(isMilliseconds ? 2 : value.endsWith(u's') ? 1 : 0);
    } else if (constexpr QStringView duration = u"# duration_ms "; line.startsWith(duration)) {
        value = line.sliced(duration.size()).trimmed();
    }
    const std::optional<double> number = decimalNumber(value);
    return protocol::possibleDuration(number ? std::optional(*number * unit) : std::nullopt);
}

} // namespace prism::reports
