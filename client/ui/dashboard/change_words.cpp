#include "client/ui/dashboard/change_words.h"

#include "client/ui/widgets/format.h"

#include <QDateTime>

namespace prism::ui {

using protocol::NoVerdict;
using protocol::Verdict;

QString ChangeWords::word(const protocol::Change& change) const
{
    const double by = change.change.value_or(0);
    if (by == 0)
        return {};
    if (m_about == About::Volume)
        return by > 0 ? tr("more") : tr("fewer");
    if (change.assessment.verdict == Verdict::Better)
        return tr("better");
    if (change.assessment.verdict == Verdict::Worse)
        return tr("worse");
    return {};
}

QString ChangeWords::against(const protocol::Change& change) const
{
    using namespace std::chrono_literals;
    const protocol::Span& span = change.assessment.span;
    if (span.from == span.to)
        return {};
    const QDateTime first = protocol::toDateTime(span.from).toLocalTime();
    const QDateTime last = protocol::toDateTime(span.to - 1ms).toLocalTime();
    const QString whole = days(first.date(), last.date());
    const bool isWholeDay = protocol::toDateTime(span.to).toLocalTime().date() != last.date();
    return isWholeDay ? tr("against %1").arg(whole)
                      : tr("against %1, to %2").arg(whole, Format(m_locale).clock(span.to - 1ms));
}

QString ChangeWords::days(QDate first, QDate last) const
{
    const QString day = tr("d MMM", "a day, as QLocale::toString reads it");
    if (first == last)
        return m_locale.toString(last, day);
    const QString range = tr("%1–%2", "two days");
    if (first.year() != last.year()) {
        const QString dayAndYear = tr("d MMM yyyy", "a day, as QLocale::toString reads it");
        return range.arg(m_locale.toString(first, dayAndYear), m_locale.toString(last, dayAndYear));
    }
    if (first.month() != last.month())
        return range.arg(m_locale.toString(first, day), m_locale.toString(last, day));
    return range.arg(
        m_locale.toString(first, tr("d", "the first of two days of a month, as QLocale::toString reads it")),
        m_locale.toString(last, tr("d MMM", "the second of two days of a month")));
}

QString ChangeWords::reason(const protocol::Assessment& assessment)
{
    if (assessment.verdict == Verdict::Same)
        return tr("no more than it usually differs by");
    if (!assessment.reason)
        return {};
    switch (*assessment.reason) {
    case NoVerdict::NoBaseline:
        return tr("that time is not known whole: the data begins later");
    case NoVerdict::NoValue:
        return tr("one of the two has no value");
    case NoVerdict::TooFew:
        return tr("too few days are known to say what is usual");
    case NoVerdict::NotReady:
        return tr("what is usual is being computed");
    case NoVerdict::Past:
        return tr("what was usual at that moment is not known");
    case NoVerdict::DifferentPeriods:
        return tr("the two times are not of one length");
    case NoVerdict::Volume:
        return tr("beyond what is usual, which is neither better nor worse");
    case NoVerdict::Never:
        return tr("a single extreme is never judged");
    }
    return {};
}

} // namespace prism::ui
