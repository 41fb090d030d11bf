#include "client/ui/charts/percentile_chart.h"

#include "client/ui/charts/chart_view.h"
#include "client/ui/widgets/format.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QGraphicsSimpleTextItem>
#include <QStackedBarSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace prism::ui {

namespace {

constexpr std::array tones{Tone::Good, Tone::Caution, Tone::Bad};

std::optional<double> finite(std::optional<double> value)
{
    return value && std::isfinite(*value) ? value : std::nullopt;
}

/// Each replace() lays out all bars.
void setHeight(QBarSet& bars, int bar, double height)
{
    if (bars.at(bar) != height)
        bars.replace(bar, height);
}

} // namespace

Tone PercentileChart::toneOf(double ms, const model::CheckTimeLimits& limits)
{
    return ms < limits.goodBelow ? Tone::Good : ms < limits.acceptableBelow ? Tone::Caution : Tone::Bad;
}

PercentileChart::PercentileChart(QWidget* parent)
    : Chart(Qt::Vertical, parent)
    , m_names(new QBarCategoryAxis)
    , m_time(new QValueAxis)
    , m_series(new QStackedBarSeries)
{
    QChart* chart = view()->chart();
    for (QBarSet*& set : m_sets) {
        set = new QBarSet(QString());
        *set << 0 << 0 << 0 << 0;
        m_series->append(set);
    }
    m_series->setBarWidth(0.6);
    chart->addSeries(m_series);
    chart->addAxis(m_names, Qt::AlignBottom);
    chart->addAxis(m_time, Qt::AlignLeft);
    m_names->setTruncateLabels(false);
    m_time->setTruncateLabels(false);
    m_series->attachAxis(m_names);
    m_series->attachAxis(m_time);
    m_names->setGridLineVisible(false);
    m_time->setLineVisible(false);
    m_time->setTickCount(3);
    for (auto* labels : {&m_labels, &m_feet}) {
        for (QGraphicsSimpleTextItem*& label : *labels) {
            label = new QGraphicsSimpleTextItem(chart);
            label->setZValue(20);
        }
    }
    connect(chart, &QChart::plotAreaChanged, this, &PercentileChart::placeLabels);
    PercentileChart::refresh();
    PercentileChart::restyle();
}

void PercentileChart::display(const protocol::Performance& performance)
{
    if (m_performance == performance)
        return;
    m_performance = performance;
    refresh();
}

void PercentileChart::setLimits(const model::CheckTimeLimits& limits)
{
    if (m_limits == limits)
        return;
    m_limits = limits;
    refresh();
}

PercentileChart::Values PercentileChart::values() const
{
    return {finite(m_performance.avgCheckTime), finite(m_performance.p50CheckTime),
            finite(m_performance.p95CheckTime), finite(m_performance.p99CheckTime)};
}

QStringList PercentileChart::names() const
{
    return {tr("avg", "average, below its bar"), QStringLiteral("p50"), QStringLiteral("p95"),
            QStringLiteral("p99")};
}

void PercentileChart::refresh()
{
    const Values times = values();
    double top = 0;
    for (int i = 0; i < barCount; ++i) {
        const std::optional<double> time = times[std::size_t(i)];
        top = std::max(top, time.value_or(0));
        for (std::size_t t = 0; t < tones.size(); ++t)
            setHeight(*m_sets[t], i, time && toneOf(*time, m_limits) == tones[t] ? *time : 0);
    }
    view()->write(locale());
    const double range = roundedUp(top * 1.15, 1); // room for the label of the highest bar
    zoom().setWhole(0, range, range / 100);
    plotAxes();
    if (m_names->categories() != names())
        m_names->setCategories(names());

    const bool anything = std::ranges::any_of(times, [](const auto& time) { return time.has_value(); });
    showEmptyNote(anything ? QString() : tr("No check times yet."));
    placeLabels();
    setAccessibleName(tr("Check times"));
    updateReading();
}

void PercentileChart::plotAxes()
{
    setRangeIfChanged(m_time, zoom().from(), zoom().to());
    setLabelFormatIfChanged(m_time, zoom().span() < 4 ? QStringLiteral("%.1f") : QStringLiteral("%.0f"));
    placeLabels();
}

int PercentileChart::pointCount() const
{
    const Values times = values();
    return std::ranges::any_of(times, [](const auto& time) { return time.has_value(); }) ? barCount : 0;
}

int PercentileChart::pointAt(double across) const
{
    return std::clamp(int(across * barCount), 0, barCount - 1);
}

double PercentileChart::zoomPlaceOf(int point) const
{
    return values()[std::size_t(point)].value_or(0);
}

QPointF PercentileChart::positionOf(int point) const
{
    return view()->chart()->mapToPosition({double(point), zoomPlaceOf(point)}, m_series);
}

QStringList PercentileChart::readingOf(int point) const
{
    const QStringList headings{tr("average"), tr("half of the checks are faster"),
                               tr("95% of the checks are faster"), tr("99% of the checks are faster")};
    return {headings[point], Format(locale()).milliseconds(values()[std::size_t(point)])};
}

ChartTable PercentileChart::table() const
{
    const Format format(locale());
    ChartTable table;
    table.columns = {{tr("Which"), QStringLiteral("percentile")},
                     {tr("Time"), QStringLiteral("milliseconds")}};
    const QStringList fields{QStringLiteral("avg"), QStringLiteral("p50"), QStringLiteral("p95"),
                             QStringLiteral("p99")};
    const Values times = values();
    const QStringList bars = names();
    for (int i = 0; i < barCount; ++i) {
        const std::optional<double> time = times[std::size_t(i)];
        table.rows.append({{bars[i], fields[i]},
                           {format.milliseconds(time), time ? QString::number(*time, 'g', 15) : QString()}});
    }
    return table;
}

QString PercentileChart::labelOf(std::optional<double> time) const
{
    constexpr double longest = 10'000; // beyond that seconds say enough, in less room
    const Format format(locale());
    if (!time || *time >= longest)
        return format.milliseconds(time);
    return format.decimal(*time, *time < 100 ? 1 : 0);
}

void PercentileChart::placeLabels()
{
    const Values times = values();
    std::array<int, barCount> byHeight{0, 1, 2, 3};
    std::ranges::stable_sort(byHeight, {}, [&](int i) { return times[std::size_t(i)].value_or(0); });
    QList<QRectF> taken;
    for (const int i : byHeight) {
        QGraphicsSimpleTextItem* label = m_labels[std::size_t(i)];
        const std::optional<double> time = times[std::size_t(i)];
        label->setText(labelOf(time));
        const QPointF top = view()->chart()->mapToPosition({double(i), time.value_or(0)}, m_series);
        const QSizeF size = label->boundingRect().size();
        // A bar that is higher than what is looked at keeps its label in sight.
        const double above = std::max(top.y(), view()->chart()->plotArea().top() + size.height());
        QRectF place(QPointF(top.x() - size.width() / 2, above - size.height() - 2), size);
        // One that is wider than its bar goes above those it would cover; from the lowest on, none is left.
        for (const QRectF& other : std::as_const(taken)) {
            if (place.intersects(other))
                place.moveBottom(other.top());
        }
        taken.append(place);
        label->setPos(place.topLeft());
        QGraphicsSimpleTextItem* foot = m_feet[std::size_t(i)];
        foot->setText(names().at(i));
        foot->setPos(top.x() - foot->boundingRect().width() / 2,
                     view()->chart()->plotArea().bottom() + space::tiny);
    }
}

QString PercentileChart::summary() const
{
    const Values times = values();
    if (std::ranges::none_of(times, [](const auto& time) { return time.has_value(); }))
        return tr("No check times yet.");
    const Format format(locale());
    return tr("Average %1, half of the checks within %2, 95% within %3, 99% within %4.")
        .arg(format.milliseconds(times[0]), format.milliseconds(times[1]), format.milliseconds(times[2]),
             format.milliseconds(times[3]));
}

void PercentileChart::restyle()
{
    const Theme theme = Theme::of(this);
    for (std::size_t t = 0; t < tones.size(); ++t) {
        m_sets[t]->setColor(theme.fill(tones[t]));
        m_sets[t]->setBorderColor(Qt::transparent);
    }
    for (QGraphicsSimpleTextItem* label : m_labels) {
        label->setFont(fontFor(TextRole::Caption));
        label->setBrush(theme.text);
    }
    for (QGraphicsSimpleTextItem* foot : m_feet) {
        foot->setFont(fontFor(TextRole::Caption));
        foot->setBrush(theme.mutedText);
    }
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(m_names), static_cast<QAbstractAxis*>(m_time)}) {
        axis->setLabelsFont(fontFor(TextRole::Caption));
        axis->setLabelsColor(theme.mutedText);
        axis->setGridLineColor(theme.grid);
        axis->setLinePenColor(theme.outline);
    }
    m_names->setLabelsColor(Qt::transparent); // they keep the room below
    placeLabels();
}

} // namespace prism::ui
