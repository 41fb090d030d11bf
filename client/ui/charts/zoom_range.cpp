#include "client/ui/charts/zoom_range.h"

#include <algorithm>
#include <cmath>

namespace prism::ui {

ZoomRange::ZoomRange(double low, double high, double least)
    : m_low(low)
    , m_high(high)
    , m_least(std::min(least, high - low))
    , m_from(low)
    , m_to(high)
{
}

void ZoomRange::setWhole(double low, double high, double least)
{
    const bool zoomed = isZoomed();
    m_low = low;
    m_high = high;
    m_least = std::min(least, high - low);
    if (zoomed)
        place(m_from, span());
    else
        reset();
}

void ZoomRange::zoom(double centre, double factor)
{
    const double share = (centre - m_from) / span();
    const double wanted = std::clamp(span() * factor, m_least, m_high - m_low);
    place(centre - share * wanted, wanted);
}

void ZoomRange::show(double from, double to)
{
    const double span = std::abs(to - from);
    const double wanted = std::clamp(span, m_least, m_high - m_low);
    place(std::min(from, to) - (wanted - span) / 2, wanted);
}

void ZoomRange::reveal(double value)
{
    if (value < m_from)
        place(value, span());
    else if (value > m_to)
        place(value - span(), span());
}

void ZoomRange::reset()
{
    m_from = m_low;
    m_to = m_high;
}

void ZoomRange::place(double from, double span)
{
    if (span >= m_high - m_low) // not by sums, which would be a little off
        return reset();
    m_from = std::clamp(from, m_low, m_high - span);
    m_to = std::min(m_from + span, m_high);
}

} // namespace prism::ui
