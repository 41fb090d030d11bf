#pragma once

namespace prism::ui {

/// Which part of an axis is looked at. Never empty, never outside of the whole. A plain value.
class ZoomRange
{
public:
    ZoomRange() = default;
    /// Looks at the whole; `least` is how narrow the part may become.
    ZoomRange(double low, double high, double least);

    double from() const { return m_from; }
    double to() const { return m_to; }
    double span() const { return m_to - m_from; }
    bool isZoomed() const { return m_from > m_low || m_to < m_high; }

    /// Makes the whole another one. A part stays where it is, as far as it is still there.
    void setWhole(double low, double high, double least);

    /// Looks closer (factor below 1) or from farther away, so that `centre` stays where it is.
    void zoom(double centre, double factor);

    /// Looks at this part, in whichever order the ends come.
    void show(double from, double to);

    /// Moves by as little as makes `value` visible.
    void reveal(double value);

    void reset();

private:
    void place(double from, double span);

    double m_low = 0;
    double m_high = 1;
    double m_least = 1;
    double m_from = 0;
    double m_to = 1;
};

} // namespace prism::ui
