#include "client/ui/charts/chart_view.h"

#include <QGraphicsLayout>
#include <QMouseEvent>

#include <cmath>

namespace prism::ui {

ChartView::ChartView(QWidget* parent)
    : QChartView(parent)
{
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    setStyleSheet(QStringLiteral("background: transparent"));
    setFocusPolicy(Qt::NoFocus);
    setMinimumSize(80, 80);
    QChart* content = chart();
    content->setBackgroundVisible(false);
    content->setMargins({});
    content->layout()->setContentsMargins(0, 0, 0, 0);
    content->legend()->hide();
    content->setAnimationOptions(QChart::NoAnimation);
    content->setLocalizeNumbers(true);
}

void ChartView::mousePressEvent(QMouseEvent* event)
{
    event->ignore();
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    event->ignore();
}

void ChartView::mouseReleaseEvent(QMouseEvent* event)
{
    event->ignore();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent* event)
{
    event->ignore();
}

void ChartView::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

double roundedUp(double value, double least)
{
    value = std::max(value, least);
    const double magnitude = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 4.0, 5.0, 8.0, 10.0}) {
        if (value <= step * magnitude)
            return step * magnitude;
    }
    return 10 * magnitude;
}

} // namespace prism::ui
