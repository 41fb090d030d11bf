#pragma once

#include <QChartView>

namespace prism::ui {

struct Theme;

/// The bare drawing area that our charts share. Qt Charts ignores the palette, so colours are given; it may
/// crash when pressed where nothing is (QTBUG-118669) and swallows the wheel inside a scroll area
/// (QTBUG-119712), so mouse events pass through to the parent.
class ChartView : public QChartView
{
    Q_OBJECT

public:
    explicit ChartView(QWidget* parent = nullptr);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
};

/// A round number at or above `value` that divides into few even steps; at least `least`.
double roundedUp(double value, double least);

} // namespace prism::ui
