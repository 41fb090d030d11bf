#include "client/ui/charts/segmented_line.h"

#include "client/ui/charts/chart_view.h"

#include <QChart>
#include <QLineSeries>

#include <cmath>

namespace prism::ui {

SegmentedLine::SegmentedLine(QChart* chart, QAbstractAxis* x, QAbstractAxis* y)
    : m_chart(chart)
    , m_x(x)
    , m_y(y)
{
}

void SegmentedLine::replace(const QList<std::optional<double>>& values)
{
    QList<QList<QPointF>> runs;
    bool broken = true;
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!values[i] || !std::isfinite(*values[i])) {
            broken = true;
            continue;
        }
        if (broken)
            runs.append(QList<QPointF>());
        broken = false;
        runs.last().append({double(i), *values[i]});
    }
    for (qsizetype i = 0; i < runs.size(); ++i)
        replaceIfChanged(segment(i), runs[i]);
    for (qsizetype i = runs.size(); i < m_used; ++i)
        segment(i)->clear();
    m_used = runs.size();
}

void SegmentedLine::setPen(const QPen& pen)
{
    m_pen = pen;
    for (QLineSeries* series : std::as_const(m_segments))
        series->setPen(pen);
}

QLineSeries* SegmentedLine::segment(qsizetype i)
{
    while (m_segments.size() <= i) {
        auto* series = new QLineSeries;
        series->setPen(m_pen);
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
        m_segments.append(series);
    }
    return m_segments[i];
}

} // namespace prism::ui
