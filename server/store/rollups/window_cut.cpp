#include "server/store/rollups/window_cut.h"

#include <algorithm>

namespace prism::store {

using analytics::Span;
using protocol::Timestamp;

namespace {

Timestamp quarterNotBefore(Timestamp t)
{
    const Timestamp quarter = analytics::quarterOf(t);
    return quarter == t ? t : quarter + analytics::quarterOfAnHour;
}

bool isQuarter(Timestamp t)
{
    return analytics::quarterOf(t) == t;
}

} // namespace

bool isEmpty(const Span& span)
{
    return span.from >= span.to;
}

Span spanOf(Timestamp from, Timestamp to)
{
    return {from, std::max(from, to)};
}

bool WindowCut::Parts::needRows() const
{
    return !isEmpty(rowsBefore) || !isEmpty(rowsAfter);
}

void WindowCut::begin(Timestamp rowsKeptFrom)
{
    m_rowsKeptFrom = rowsKeptFrom;
    m_isApproximate = false;
}

WindowCut::Parts WindowCut::parts(const Span& span)
{
    const Timestamp from = snapped(span.from);
    const Timestamp to = std::max(from, snapped(span.to));
    const Timestamp first = quarterNotBefore(from);
    const Timestamp last = analytics::quarterOf(to);
    if (first > last)
        return {{from, to}, {first, first}, {to, to}};
    return {{from, first}, {first, last}, {last, to}};
}

WindowCut::Buckets WindowCut::buckets(const Span& whole)
{
    const Span first = m_calendar.dayOf(whole.from);
    const Timestamp from = first.from == whole.from ? first.from : first.to;
    const Timestamp to = m_calendar.dayOf(whole.to).from;
    const bool areWhole = isQuarter(from) && isQuarter(to) && from < to;
    const Span days = areWhole ? Span{from, to} : Span{whole.to, whole.to};
    return {spanOf(whole.from, days.from), days, spanOf(days.to, whole.to)};
}

bool WindowCut::isStoredDay(const Span& span)
{
    return isQuarter(span.from) && isQuarter(span.to) && m_calendar.dayOf(span.from) == span;
}

Timestamp WindowCut::snapped(Timestamp edge)
{
    const Timestamp quarter = analytics::quarterOf(edge);
    if (quarter == edge || quarter >= m_rowsKeptFrom)
        return edge;
    m_isApproximate = true;
    return std::chrono::floor<std::chrono::hours>(edge);
}

} // namespace prism::store
