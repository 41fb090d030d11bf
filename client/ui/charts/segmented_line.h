#pragma once

#include <QList>
#include <QPen>
#include <QPointF>

#include <optional>

class QAbstractAxis;
class QChart;
class QLineSeries;

namespace prism::ui {

/// One line with gaps. Qt Charts draws straight across a missing value, so each unbroken run is a series of
/// its own. Series are kept and emptied rather than removed. Borrows the chart and the axes.
class SegmentedLine
{
public:
    SegmentedLine(QChart* chart, QAbstractAxis* x, QAbstractAxis* y);

    /// The values stand at 0, 1, 2, …; infinite ones and NaN count as missing.
    void replace(const QList<std::optional<double>>& values);
    void setPen(const QPen& pen);

    qsizetype segmentCount() const { return m_used; }

private:
    QLineSeries* segment(qsizetype i);

    QChart* m_chart;
    QAbstractAxis* m_x;
    QAbstractAxis* m_y;
    QPen m_pen;
    QList<QLineSeries*> m_segments; ///< owned by the chart
    qsizetype m_used = 0;
};

} // namespace prism::ui
