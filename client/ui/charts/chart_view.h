#pragma once

#include "client/ui/charts/chart_overlay.h"

#include <QChartView>

namespace prism::ui {

/// The bare drawing area that our charts share, and what a mouse does to it. Qt Charts ignores the palette,
/// so colours are given; it may crash when pressed where nothing is (QTBUG-118669) and swallows the wheel
/// inside a scroll area (QTBUG-119712), so no mouse event ever reaches it: they become the signals below, or
/// pass through to the parent. Places are shares of the plot area, 0 to 1 from the left and from the bottom.
class ChartView : public QChartView
{
    Q_OBJECT

public:
    /// `zoomed` is the direction in which a part can be dragged out.
    explicit ChartView(Qt::Orientation zoomed, QWidget* parent = nullptr);

    ChartOverlay* overlay() const { return m_overlay; }

    /// In which its numbers are written. Lays out the chart, where it is another one.
    void write(const QLocale& locale);

signals:
    /// The pointer stands here, above the plot area.
    void pointed(const QPointF& place);
    void pointerLeft();
    /// Ctrl and the wheel: closer for a factor below 1. `place` is along the zoomed direction.
    void zoomRequested(double place, double factor);
    /// A part was dragged out.
    void partChosen(double from, double to);
    /// A double click.
    void resetRequested();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    QRectF plotArea() const;
    QPointF placeOf(const QPointF& position) const;
    double alongZoom(const QPointF& place) const;
    QRectF draggedTo(const QPointF& position) const;

    const Qt::Orientation m_zoomed;
    ChartOverlay* m_overlay;
    std::optional<QPointF> m_pressed; ///< where the left button went down and is still
    bool m_dragging = false;
};

/// How much nearer one step of the wheel or one key goes.
inline constexpr double zoomStep = 0.8;

/// A round number at or above `value` that divides into few even steps; at least `least`.
double roundedUp(double value, double least);

/// The least number at or above `value` that divides into four even steps of whole, round numbers.
double roundedUpToQuarters(double value);

/// Each setRange() computes every point anew, so only when something changes.
template <typename Axis>
void setRangeIfChanged(Axis* axis, double from, double to)
{
    if (axis->min() != from || axis->max() != to)
        axis->setRange(from, to);
}

/// The same of a series, which is laid out and painted anew.
template <typename Series>
void replaceIfChanged(Series* series, const QList<QPointF>& points)
{
    if (series->points() != points)
        series->replace(points);
}

/// The same of what is before and behind the numbers of an axis, which lays out the chart.
template <typename Axis>
void setLabelFormatIfChanged(Axis* axis, const QString& format)
{
    if (axis->labelFormat() != format)
        axis->setLabelFormat(format);
}

} // namespace prism::ui
