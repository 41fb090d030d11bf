#include "client/ui/charts/chart_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QGraphicsLayout>
#include <QMouseEvent>

#include <cmath>
#include <utility>

namespace prism::ui {

ChartView::ChartView(Qt::Orientation zoomed, QWidget* parent)
    : QChartView(parent)
    , m_zoomed(zoomed)
    , m_overlay(new ChartOverlay(viewport()))
{
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    setStyleSheet(QStringLiteral("background: transparent"));
    setFocusPolicy(Qt::NoFocus);
    setMinimumSize(80, 80);
    setMouseTracking(true);
    QChart* content = chart();
    content->setBackgroundVisible(false);
    content->setMargins({});
    content->layout()->setContentsMargins(0, 0, 0, 0);
    content->legend()->hide();
    content->setAnimationOptions(QChart::NoAnimation);
    content->setLocalizeNumbers(true);
    connect(content, &QChart::plotAreaChanged, m_overlay, &ChartOverlay::setPlotArea);
}

void ChartView::write(const QLocale& locale)
{
    if (chart()->locale() != locale)
        chart()->setLocale(locale);
}

QRectF ChartView::plotArea() const
{
    return chart()->plotArea();
}

QPointF ChartView::placeOf(const QPointF& position) const
{
    const QRectF area = plotArea();
    if (area.isEmpty())
        return {};
    return {(position.x() - area.left()) / area.width(), (area.bottom() - position.y()) / area.height()};
}

double ChartView::alongZoom(const QPointF& place) const
{
    return m_zoomed == Qt::Horizontal ? place.x() : place.y();
}

QRectF ChartView::draggedTo(const QPointF& position) const
{
    const QRectF between = QRectF(*m_pressed, position).normalized();
    QRectF area = plotArea();
    if (m_zoomed == Qt::Horizontal) {
        area.setLeft(std::max(between.left(), area.left()));
        area.setRight(std::min(between.right(), area.right()));
    } else {
        area.setTop(std::max(between.top(), area.top()));
        area.setBottom(std::min(between.bottom(), area.bottom()));
    }
    return area;
}

void ChartView::mousePressEvent(QMouseEvent* event)
{
    event->ignore(); // the parent takes the focus
    if (event->button() == Qt::LeftButton && plotArea().contains(event->position()))
        m_pressed = event->position();
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    event->ignore();
    if (m_pressed && (event->buttons() & Qt::LeftButton)) {
        const QPointF way = event->position() - *m_pressed;
        m_dragging = m_dragging || way.manhattanLength() >= QApplication::startDragDistance();
        if (m_dragging)
            m_overlay->setDragged(draggedTo(event->position()));
    } else if (plotArea().contains(event->position())) {
        emit pointed(placeOf(event->position()));
    } else {
        emit pointerLeft();
    }
}

void ChartView::mouseReleaseEvent(QMouseEvent* event)
{
    event->ignore();
    const std::optional<QPointF> pressed = std::exchange(m_pressed, std::nullopt);
    const bool dragged = std::exchange(m_dragging, false);
    m_overlay->setDragged(std::nullopt);
    if (event->button() != Qt::LeftButton || !pressed || !dragged)
        return;
    emit partChosen(alongZoom(placeOf(*pressed)), alongZoom(placeOf(event->position())));
}

void ChartView::mouseDoubleClickEvent(QMouseEvent* event)
{
    event->accept();
    if (event->button() == Qt::LeftButton)
        emit resetRequested();
}

void ChartView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier) || event->angleDelta().y() == 0) {
        event->ignore();
        return;
    }
    constexpr double oneStep = 120; // eighths of a degree
    event->accept();
    emit zoomRequested(alongZoom(placeOf(event->position())),
                       std::pow(zoomStep, event->angleDelta().y() / oneStep));
}

void ChartView::contextMenuEvent(QContextMenuEvent* event)
{
    event->ignore();
}

bool ChartView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        emit pointerLeft();
    return QChartView::viewportEvent(event);
}

double roundedUpToQuarters(double value)
{
    const double step = std::max(value / 4, 1.0);
    const double magnitude = std::pow(10.0, std::floor(std::log10(step)));
    for (const double round : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        const double candidate = round * magnitude;
        if (step <= candidate && candidate == std::floor(candidate))
            return 4 * candidate;
    }
    return 40 * magnitude;
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
