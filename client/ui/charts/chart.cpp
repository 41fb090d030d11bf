#include "client/ui/charts/chart.h"

#include "client/ui/charts/chart_menu.h"
#include "client/ui/charts/chart_view.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/text.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStackedLayout>

#include <algorithm>

namespace prism::ui {

Chart::Chart(Qt::Orientation zoomed, QWidget* parent)
    : QWidget(parent)
    , m_view(new ChartView(zoomed))
    , m_empty(new Text(TextRole::Body, Text::Ink::Muted))
    , m_pages(new QStackedLayout(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    connect(m_view, &ChartView::pointed, this,
            [this](const QPointF& place) { moveReading(pointAt(place.x())); });
    connect(m_view, &ChartView::pointerLeft, this, [this] { moveReading({}); });
    connect(m_view, &ChartView::resetRequested, this, &Chart::resetZoom);
    connect(m_view, &ChartView::zoomRequested, this, [this](double place, double factor) {
        m_zoom.zoom(zoomValueAt(place), factor);
        zoomChanged();
    });
    connect(m_view, &ChartView::partChosen, this,
            [this](double from, double to) { zoomTo(zoomValueAt(from), zoomValueAt(to)); });
    connect(m_view->chart(), &QChart::plotAreaChanged, this, &Chart::updateReading);
}

void Chart::resetZoom()
{
    m_zoom.reset();
    zoomChanged();
}

void Chart::zoomTo(double from, double to)
{
    m_zoom.show(from, to);
    zoomChanged();
}

QStringList Chart::reading() const
{
    return m_point ? readingOf(*m_point) : QStringList();
}

void Chart::moveReading(std::optional<int> point)
{
    if (point && pointCount() == 0)
        point.reset();
    if (m_point == point)
        return;
    m_point = point;
    updateReading();
}

void Chart::drawOn(QPainter& painter)
{
    const std::optional<ChartOverlay::Reading> reading = m_view->overlay()->reading();
    m_view->overlay()->setReading({});
    m_pages->currentWidget()->render(&painter, {}, {}, QWidget::DrawChildren);
    m_view->overlay()->setReading(reading);
}

void Chart::showEmptyNote(const QString& note)
{
    m_empty->setText(note);
    m_pages->setCurrentIndex(note.isEmpty() ? 0 : 1);
}

void Chart::updateReading()
{
    if (m_point && *m_point >= pointCount())
        m_point.reset();
    if (m_point)
        m_view->overlay()->setReading(ChartOverlay::Reading{positionOf(*m_point), readingOf(*m_point)});
    else
        m_view->overlay()->setReading({});
    // Somebody who steps from point to point hears the point first.
    const QString words = summary();
    setAccessibleDescription(m_point && hasFocus() ? Format::list(reading()) + QLatin1Char('\n') + words
                                                   : words);
}

void Chart::zoomChanged()
{
    plotAxes();
    updateReading();
}

double Chart::zoomValueAt(double place) const
{
    return m_zoom.from() + place * m_zoom.span();
}

bool Chart::stepReading(int key)
{
    const int last = pointCount() - 1;
    if (last < 0)
        return false;
    m_cameByKey = true;
    const int now = m_point.value_or(key == Qt::Key_Left ? last + 1 : -1);
    const int wanted = key == Qt::Key_Home  ? 0
                       : key == Qt::Key_End ? last
                                            : now + (key == Qt::Key_Left ? -1 : 1);
    moveReading(std::clamp(wanted, 0, last));
    m_zoom.reveal(zoomPlaceOf(*m_point));
    zoomChanged();
    return true;
}

void Chart::keyPressEvent(QKeyEvent* event)
{
    const double centre = m_point ? zoomPlaceOf(*m_point) : m_zoom.from() + m_zoom.span() / 2;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        if (!stepReading(event->key()))
            event->ignore();
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift
        m_zoom.zoom(centre, zoomStep);
        return zoomChanged();
    case Qt::Key_Minus:
        m_zoom.zoom(centre, 1 / zoomStep);
        return zoomChanged();
    case Qt::Key_0:
        return resetZoom();
    case Qt::Key_Escape:
        if (m_point)
            return moveReading({});
        break;
    default:
        break;
    }
    if (event->matches(QKeySequence::Copy))
        return ChartMenu(*this).copyPicture();
    QWidget::keyPressEvent(event);
}

void Chart::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    auto* menu = new ChartMenu(*this, this);
    menu->popup(byKey ? mapToGlobal(rect().center()) : event->globalPos());
}

void Chart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_cameByKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                  event->reason() == Qt::ShortcutFocusReason;
    update();
}

void Chart::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        moveReading({});
    update();
}

void Chart::paintEvent(QPaintEvent*)
{
    if (!hasFocus() || !m_cameByKey)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::of(this).accent);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void Chart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
    case QEvent::FontChange:
        restyle();
        break;
    case QEvent::LanguageChange:
    case QEvent::LocaleChange:
        refresh();
        break;
    default:
        break;
    }
}

void Chart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    plotAxes();
    updateReading();
}

} // namespace prism::ui
