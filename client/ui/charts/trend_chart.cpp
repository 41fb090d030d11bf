#include "client/ui/charts/trend_chart.h"

#include "client/ui/charts/chart_view.h"
#include "client/ui/charts/segmented_line.h"
#include "client/ui/format.h"
#include "client/ui/text.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QDateTime>
#include <QEvent>
#include <QLineSeries>
#include <QScatterSeries>
#include <QStackedLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace prism::ui {

namespace {

using protocol::Direction;
using protocol::Period;

template <typename Axis>
void setRangeIfChanged(Axis* axis, double from, double to)
{
    // Each call computes every point anew.
    if (axis->min() != from || axis->max() != to)
        axis->setRange(from, to);
}

Tone toneOf(Direction direction)
{
    switch (direction) {
    case Direction::Up:
        return Tone::Bad;
    case Direction::Down:
        return Tone::Good;
    case Direction::Stable:
        break;
    }
    return Tone::Info;
}

} // namespace

TrendChart::TrendChart(QWidget* parent)
    : QWidget(parent)
    , m_view(new ChartView)
    , m_empty(new Text(TextRole::Body, Text::Ink::Muted))
    , m_time(new QCategoryAxis)
    , m_count(new QValueAxis)
    , m_areaTop(new QLineSeries(this))
    , m_area(new QAreaSeries(m_areaTop))
    , m_steps(new QScatterSeries)
    , m_running(new QScatterSeries)
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto* layout = new QStackedLayout(this);
    layout->addWidget(m_view);
    layout->addWidget(m_empty);

    QChart* chart = m_view->chart();
    chart->addAxis(m_time, Qt::AlignBottom);
    chart->addAxis(m_count, Qt::AlignLeft);
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_time->setGridLineVisible(false);
    m_time->setTruncateLabels(false);
    m_count->setLineVisible(false);
    const auto add = [&](QAbstractSeries* series) {
        chart->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_count);
    };
    add(m_area);
    m_values = std::make_unique<SegmentedLine>(chart, m_time, m_count);
    m_smoothed = std::make_unique<SegmentedLine>(chart, m_time, m_count);
    m_values->replace({0.0}); // so that the points below are drawn on top of the lines
    m_smoothed->replace({0.0});
    add(m_running);
    add(m_steps);
    m_running->setMarkerSize(9);
    m_steps->setMarkerShape(QScatterSeries::MarkerShapeRotatedRectangle);
    m_steps->setMarkerSize(12);
    refresh();
    restyle();
}

TrendChart::~TrendChart() = default;

void TrendChart::display(const protocol::Trend& trend, Period period)
{
    if (m_trend == trend && m_period == period)
        return;
    const bool turned = m_trend.direction != trend.direction;
    m_trend = trend;
    m_period = period;
    refresh();
    if (turned)
        restyle();
}

void TrendChart::refresh()
{
    const bool anything =
        std::ranges::any_of(m_trend.points, [](const auto& p) { return p.value.has_value(); });
    m_empty->setText(tr("No trend yet."));
    static_cast<QStackedLayout*>(layout())->setCurrentWidget(anything ? static_cast<QWidget*>(m_view)
                                                                      : m_empty);
    plotAxes();
    plotValues();
    setAccessibleName(tr("Violations over time"));
    setAccessibleDescription(summary());
}

void TrendChart::plotValues()
{
    QList<std::optional<double>> values;
    QList<QPointF> area;
    QList<QPointF> running;
    bool whole = true;
    for (const protocol::TrendPoint& point : m_trend.points) {
        values.append(point.value);
        whole = whole && point.value && std::isfinite(*point.value);
        if (!whole)
            continue;
        area.append({double(values.size() - 1), *point.value});
        if (point.partial)
            running.append(area.last());
    }
    // Colour below a line with gaps would fill the gaps.
    m_areaTop->replace(whole ? area : QList<QPointF>());
    m_area->setVisible(whole && area.size() > 1);
    m_values->replace(values);
    m_smoothed->replace(m_trend.smoothed);
    m_running->replace(running);

    QList<QPointF> steps;
    for (const protocol::ChangePoint& step : m_trend.changePoints) {
        const auto at = std::ranges::find(m_trend.points, step.start, &protocol::TrendPoint::start);
        if (at != m_trend.points.end() && std::isfinite(step.after))
            steps.append({double(at - m_trend.points.begin()), step.after});
    }
    m_steps->replace(steps);
}

void TrendChart::plotAxes()
{
    double top = 0;
    for (const protocol::TrendPoint& point : m_trend.points)
        top = std::max(top, point.value.value_or(0));
    m_view->chart()->setLocale(locale());
    setRangeIfChanged(m_count, 0.0, roundedUp(top * 1.05, 4));
    m_count->setTickCount(5);
    m_count->setLabelFormat(QStringLiteral("%.0f"));

    const qsizetype last = std::max<qsizetype>(m_trend.points.size() - 1, 1);
    const int room = std::max(fontMetrics().horizontalAdvance(labelOf({})) + space::large, 48);
    const qsizetype most = std::clamp<qsizetype>(width() / room, 2, 12);
    const qsizetype step = std::max<qsizetype>((last + most - 1) / most, 1);
    QStringList labels;
    QList<double> places;
    for (qsizetype i = 0; i < m_trend.points.size(); i += step) {
        labels.append(labelOf(m_trend.points[i].start));
        places.append(double(i));
    }
    if (m_time->categoriesLabels() != labels) {
        const QStringList old = m_time->categoriesLabels();
        for (const QString& label : old)
            m_time->remove(label);
        for (qsizetype i = 0; i < labels.size(); ++i)
            m_time->append(labels[i], places[i]);
    }
    setRangeIfChanged(m_time, -0.2, double(last) + 0.2);
}

QString TrendChart::labelOf(protocol::Timestamp start) const
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(start));
    switch (m_period) {
    case Period::Today:
        return locale().toString(time,
                                 tr("HH:mm", "an hour on the time axis, as QLocale::toString reads it"));
    case Period::All:
        return locale().toString(time, tr("MMM yyyy", "a month on the time axis"));
    default:
        return locale().toString(time, tr("d MMM", "a day on the time axis"));
    }
}

QString TrendChart::summary() const
{
    const Format format(locale());
    double total = 0;
    const protocol::TrendPoint* highest = nullptr;
    for (const protocol::TrendPoint& point : m_trend.points) {
        total += point.value.value_or(0);
        if (point.value && (!highest || *point.value > *highest->value))
            highest = &point;
    }
    if (!highest)
        return tr("No trend yet.");
    const QString direction = m_trend.direction == Direction::Up     ? tr("Rising.")
                              : m_trend.direction == Direction::Down ? tr("Falling.")
                                                                     : tr("Stable.");
    QStringList sentences{
        direction, tr("Violations: %1 in all, at most %2 (%3).")
                       .arg(format.decimal(total), format.decimal(*highest->value), labelOf(highest->start))};
    if (m_trend.points.last().value)
        sentences.append(tr("Latest: %1.").arg(format.decimal(*m_trend.points.last().value)));
    if (!m_trend.changePoints.isEmpty()) {
        const protocol::ChangePoint& step = m_trend.changePoints.last();
        sentences.append(
            tr("Stands out: from %1 to %2 (%3).")
                .arg(format.decimal(step.before), format.decimal(step.after), labelOf(step.start)));
    }
    return sentences.join(QLatin1Char(' '));
}

void TrendChart::restyle()
{
    const Theme theme = Theme::of(this);
    const QColor colour = theme.tone(toneOf(m_trend.direction));
    m_values->setPen(QPen(colour, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_smoothed->setPen(QPen(theme.mutedText, 1.6, Qt::DashLine, Qt::RoundCap, Qt::RoundJoin));
    QLinearGradient fill(0, 0, 0, 1);
    fill.setCoordinateMode(QGradient::ObjectMode);
    QColor strong = colour;
    strong.setAlphaF(0.22F);
    QColor faint = colour;
    faint.setAlphaF(0.02F);
    fill.setColorAt(0, strong);
    fill.setColorAt(1, faint);
    m_area->setPen(Qt::NoPen);
    m_area->setBrush(fill);
    m_running->setBrush(theme.surface);
    m_running->setPen(QPen(colour, 2));
    m_steps->setBrush(theme.fill(Tone::Caution));
    m_steps->setPen(QPen(theme.surface, 1.5));
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(m_time), static_cast<QAbstractAxis*>(m_count)}) {
        axis->setLabelsFont(fontFor(TextRole::Caption));
        axis->setLabelsColor(theme.mutedText);
        axis->setGridLineColor(theme.grid);
        axis->setLinePenColor(theme.outline);
    }
}

void TrendChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
    else if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        refresh();
}

void TrendChart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    plotAxes();
}

} // namespace prism::ui
