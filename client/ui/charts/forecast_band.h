#pragma once

#include "shared/protocol/forecast.h"

class QAbstractAxis;
class QAreaSeries;
class QChart;
class QColor;
class QLineSeries;

namespace prism::ui {

/// What is expected: a dotted line, and around it where four of five values will lie, and fainter where
/// nearly all will. Borrows the chart and the axes; the series are the chart's.
class ForecastBand
{
public:
    ForecastBand(QChart* chart, QAbstractAxis* x, QAbstractAxis* y);

    /// The steps stand at `first`, `first` + 1, …; without any there is nothing to see.
    void replace(const protocol::ForecastReport& forecast, qsizetype first);
    void setColour(const QColor& colour);

    /// The highest of it, which the axis has to reach; 0 where there is nothing to see.
    static double topOf(const protocol::ForecastReport& forecast);

private:
    struct Band
    {
        QLineSeries* upper;
        QLineSeries* lower;
        QAreaSeries* area;
    };

    static Band makeBand(QChart* chart, QAbstractAxis* x, QAbstractAxis* y);

    Band m_wide;   ///< 95 %
    Band m_narrow; ///< 80 %
    QLineSeries* m_line;
};

} // namespace prism::ui
