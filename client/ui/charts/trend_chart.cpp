#include "client/ui/charts/trend_chart.h"

#include "client/ui/charts/chart_view.h"
#include "client/ui/charts/forecast_band.h"
#include "client/ui/charts/segmented_line.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/format.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QDateTime>
#include <QLineSeries>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace prism::ui {

namespace {

using protocol::Direction;
using protocol::Period;

Tone toneOf(std::optional<Direction> direction)
{
    return direction == Direction::Up ? Tone::Bad : direction == Direction::Down ? Tone::Good : Tone::Info;
}

} // namespace

TrendChart::TrendChart(QWidget* parent)
    : Chart(Qt::Horizontal, parent)
    , m_time(new QCategoryAxis)
    , m_count(new QValueAxis)
    , m_areaTop(new QLineSeries(this))
    , m_area(new QAreaSeries(m_areaTop))
    , m_steps(new QScatterSeries)
    , m_running(new QScatterSeries)
{
    QChart* chart = view()->chart();
    chart->addAxis(m_time, Qt::AlignBottom);
    chart->addAxis(m_count, Qt::AlignLeft);
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_time->setGridLineVisible(false);
    m_time->setTruncateLabels(false);
    m_count->setTruncateLabels(false);
    m_count->setLineVisible(false);
    const auto add = [&](QAbstractSeries* series) {
        chart->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_count);
    };
    add(m_area);
    m_band = std::make_unique<ForecastBand>(chart, m_time, m_count);
    m_values = std::make_unique<SegmentedLine>(chart, m_time, m_count);
    m_smoothed = std::make_unique<SegmentedLine>(chart, m_time, m_count);
    m_values->replace({0.0}); // so that the points below are drawn on top of the lines
    m_smoothed->replace({0.0});
    add(m_running);
    add(m_steps);
    m_running->setMarkerSize(9);
    m_steps->setMarkerShape(QScatterSeries::MarkerShapeRotatedRectangle);
    m_steps->setMarkerSize(12);
    TrendChart::refresh();
    TrendChart::restyle();
}

TrendChart::~TrendChart() = default;

void TrendChart::display(const protocol::Trend& trend, Period period)
{
    if (m_trend == trend && m_period == period)
        return;
    const bool turned = m_trend.direction() != trend.direction();
    if (m_period != period)
        zoom().reset(); // other buckets
    m_trend = trend;
    m_period = period;
    refresh();
    if (turned)
        restyle();
}

void TrendChart::displayForecast(const std::optional<protocol::ForecastReport>& forecast)
{
    if (m_forecast == forecast)
        return;
    m_forecast = forecast;
    refresh();
}

protocol::ForecastReport TrendChart::forecast() const
{
    const bool fits =
        m_forecast && m_forecast->period == m_period && !m_forecast->reason && !m_trend.points.isEmpty();
    return fits ? *m_forecast : protocol::ForecastReport();
}

QList<protocol::ChangePoint> TrendChart::changePoints() const
{
    return m_trend.changePoints.value_or(QList<protocol::ChangePoint>());
}

void TrendChart::refresh()
{
    const bool anything =
        std::ranges::any_of(m_trend.points, [](const auto& p) { return p.value.has_value(); });
    showEmptyNote(anything ? QString() : tr("No trend yet."));
    const qsizetype last = std::max<qsizetype>(m_trend.points.size() + forecast().steps.size() - 1, 1);
    constexpr double leastBuckets = 2;
    zoom().setWhole(-0.2, double(last) + 0.2, leastBuckets);
    view()->write(locale());
    plotAxes();
    plotValues();
    setAccessibleName(tr("Violations over time"));
    updateReading();
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
    replaceIfChanged(m_areaTop, whole ? area : QList<QPointF>());
    m_area->setVisible(whole && area.size() > 1);
    m_values->replace(values);
    m_smoothed->replace(m_trend.smoothed);
    replaceIfChanged(m_running, running);

    QList<QPointF> steps;
    for (const protocol::ChangePoint& step : changePoints()) {
        const auto at = std::ranges::find(m_trend.points, step.start, &protocol::TrendPoint::start);
        if (at != m_trend.points.end() && std::isfinite(step.after))
            steps.append({double(at - m_trend.points.begin()), step.after});
    }
    replaceIfChanged(m_steps, steps);
    m_band->replace(forecast(), m_trend.points.size());
}

void TrendChart::plotAxes()
{
    double top = 0;
    for (const protocol::TrendPoint& point : m_trend.points)
        top = std::max(top, point.value.value_or(0));
    top = std::max(top, ForecastBand::topOf(forecast()));
    setRangeIfChanged(m_count, 0.0, roundedUpToQuarters(top * 1.05));
    m_count->setTickCount(5);
    setLabelFormatIfChanged(m_count, QStringLiteral("%.0f"));
    plotTimeLabels();
    setRangeIfChanged(m_time, zoom().from(), zoom().to());
}

void TrendChart::plotTimeLabels()
{
    const auto first = qsizetype(std::ceil(zoom().from()));
    const auto last = std::min(qsizetype(std::floor(zoom().to())), qsizetype(pointCount()) - 1);
    const QFontMetrics metrics(fontFor(TextRole::Caption));
    const int widest = std::max(metrics.horizontalAdvance(labelOf(startOf(0))),
                                metrics.horizontalAdvance(labelOf(startOf(std::max<qsizetype>(last, 0)))));
    const int room = std::max(widest + space::large, 48);
    const qsizetype most = std::clamp<qsizetype>(width() / room, 2, 12);
    const qsizetype step = std::max<qsizetype>((last - first + most - 1) / most, 1);
    QStringList labels;
    QList<double> places;
    // Counted from the first bucket, so that labels stay at theirs while the part looked at changes.
    const double bucketWidth = (width() - 3.0 * space::large) / zoom().span(); // about, beside the numbers
    for (qsizetype i = (first + step - 1) / step * step; i <= last; i += step) {
        if ((zoom().to() - double(i)) * bucketWidth <
            metrics.horizontalAdvance(labelOf(startOf(i))) / 2.0 - space::tiny)
            break; // it would be cut off at the right
        labels.append(labelOf(startOf(i)));
        places.append(double(i));
    }
    if (m_time->categoriesLabels() == labels &&
        (labels.isEmpty() || m_time->endValue(labels.last()) == places.last()))
        return;
    const QStringList old = m_time->categoriesLabels();
    for (const QString& label : old)
        m_time->remove(label);
    for (qsizetype i = 0; i < labels.size(); ++i)
        m_time->append(labels[i], places[i]);
}

protocol::Timestamp TrendChart::startOf(qsizetype bucket) const
{
    if (bucket < m_trend.points.size())
        return m_trend.points[bucket].start;
    if (m_trend.points.isEmpty())
        return {};
    const QDateTime last = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(m_trend.points.last().start));
    const qint64 ahead = bucket - m_trend.points.size() + 1;
    constexpr qint64 hour = 3'600;
    QDateTime start;
    switch (m_period) {
    case Period::Today:
        start = last.addSecs(ahead * hour);
        break;
    case Period::Week:
    case Period::Month:
        start = last.addDays(ahead);
        break;
    case Period::Year:
        start = last.addDays(7 * ahead);
        break;
    case Period::All:
        start = last.addMonths(int(ahead));
        break;
    }
    return protocol::fromMillis(start.toMSecsSinceEpoch());
}

int TrendChart::pointCount() const
{
    return int(m_trend.points.size() + forecast().steps.size());
}

int TrendChart::pointAt(double across) const
{
    const double place = zoom().from() + across * zoom().span();
    return std::clamp(int(std::lround(place)), 0, std::max(pointCount() - 1, 0));
}

double TrendChart::zoomPlaceOf(int point) const
{
    return point;
}

QPointF TrendChart::positionOf(int point) const
{
    const bool past = point < m_trend.points.size();
    const std::optional<double> value =
        past ? m_trend.points[point].value : forecast().steps[point - m_trend.points.size()].value;
    return view()->chart()->mapToPosition({double(point), value.value_or(0)}, m_steps);
}

QStringList TrendChart::readingOf(int point) const
{
    const Format format(locale());
    QStringList lines{labelOf(startOf(point))};
    if (point >= m_trend.points.size()) {
        lines.append(forecastText(forecast().steps[point - m_trend.points.size()]));
        return lines;
    }
    const protocol::TrendPoint& bucket = m_trend.points[point];
    if (!bucket.value)
        lines.append(tr("no value"));
    else if (bucket.partial)
        lines.append(tr("%1 so far").arg(format.decimal(*bucket.value)));
    else
        lines.append(format.decimal(*bucket.value));
    if (point < m_trend.smoothed.size() && m_trend.smoothed[point])
        lines.append(tr("smoothed: %1").arg(format.decimal(*m_trend.smoothed[point])));
    const QList<protocol::ChangePoint> changes = changePoints();
    const auto step = std::ranges::find(changes, bucket.start, &protocol::ChangePoint::start);
    if (step != changes.end())
        lines.append(tr("step from %1 to %2").arg(format.decimal(step->before), format.decimal(step->after)));
    return lines;
}

QString TrendChart::forecastText(const protocol::ForecastStep& step) const
{
    const Format format(locale());
    if (!step.value)
        return tr("nothing to expect from");
    if (!step.lower80 || !step.upper80)
        return tr("expected: %1").arg(format.decimal(*step.value));
    return tr("expected: %1 (%2 to %3)")
        .arg(format.decimal(*step.value), format.decimal(*step.lower80), format.decimal(*step.upper80));
}

ChartTable TrendChart::table() const
{
    const Format format(locale());
    const auto cell = [&](const std::optional<double>& value) {
        return value && std::isfinite(*value)
                   ? ChartTable::Cell{format.decimal(*value), QString::number(*value, 'g', 15)}
                   : ChartTable::Cell{Format::none(), {}};
    };
    const bool foresees = !forecast().steps.isEmpty();
    ChartTable table;
    table.columns = {{tr("From"), QStringLiteral("start")},
                     {tr("Violations"), QStringLiteral("violations")},
                     {tr("Smoothed"), QStringLiteral("smoothed")}};
    if (foresees)
        table.columns += {{tr("Expected"), QStringLiteral("expected")},
                          {tr("80%, from"), QStringLiteral("lower80")},
                          {tr("80%, to"), QStringLiteral("upper80")},
                          {tr("95%, from"), QStringLiteral("lower95")},
                          {tr("95%, to"), QStringLiteral("upper95")}};
    const qsizetype past = m_trend.points.size();
    const protocol::ForecastReport expected = forecast();
    const protocol::ForecastStep nothing;
    for (qsizetype i = 0; i < pointCount(); ++i) {
        const protocol::ForecastStep& step = i < past ? nothing : expected.steps[i - past];
        QList<ChartTable::Cell> row{{labelOf(startOf(i)), protocol::toIso(startOf(i))},
                                    cell(i < past ? m_trend.points[i].value : std::nullopt),
                                    cell(i < m_trend.smoothed.size() ? m_trend.smoothed[i] : std::nullopt)};
        if (foresees)
            row += {cell(step.value), cell(step.lower80), cell(step.upper80), cell(step.lower95),
                    cell(step.upper95)};
        table.rows.append(row);
    }
    return table;
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
    QStringList sentences;
    if (const auto direction = m_trend.direction())
        sentences.append(direction == Direction::Up     ? tr("Rising.")
                         : direction == Direction::Down ? tr("Falling.")
                                                        : tr("Stable."));
    sentences.append(
        tr("Violations: %1 in all, at most %2 (%3).")
            .arg(format.decimal(total), format.decimal(*highest->value), labelOf(highest->start)));
    if (m_trend.points.last().value)
        sentences.append(tr("Latest: %1.").arg(format.decimal(*m_trend.points.last().value)));
    if (const QList<protocol::ChangePoint> changes = changePoints(); !changes.isEmpty()) {
        const protocol::ChangePoint& step = changes.last();
        sentences.append(
            tr("Stands out: from %1 to %2 (%3).")
                .arg(format.decimal(step.before), format.decimal(step.after), labelOf(step.start)));
    }
    if (const protocol::ForecastReport ahead = forecast();
        !ahead.steps.isEmpty() && ahead.steps.first().value)
        sentences.append(
            tr("Next %1.", "what is expected of the next bucket").arg(forecastText(ahead.steps.first())));
    return sentences.join(QLatin1Char(' '));
}

void TrendChart::restyle()
{
    const Theme theme = Theme::of(this);
    const QColor colour = theme.tone(toneOf(m_trend.direction()));
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
    m_band->setColour(theme.tone(Tone::Info));
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

} // namespace prism::ui
