#include "client/ui/charts/percentile_chart.h"

#include "client/ui/charts/chart_view.h"
#include "client/ui/format.h"
#include "client/ui/text.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QEvent>
#include <QGraphicsSimpleTextItem>
#include <QStackedBarSeries>
#include <QStackedLayout>
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

} // namespace

Tone PercentileChart::toneOf(double ms, const model::CheckTimeLimits& limits)
{
    return ms < limits.goodBelow ? Tone::Good : ms < limits.acceptableBelow ? Tone::Caution : Tone::Bad;
}

PercentileChart::PercentileChart(QWidget* parent)
    : QWidget(parent)
    , m_view(new ChartView)
    , m_empty(new Text(TextRole::Body, Text::Ink::Muted))
    , m_names(new QBarCategoryAxis)
    , m_time(new QValueAxis)
    , m_series(new QStackedBarSeries)
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto* layout = new QStackedLayout(this);
    layout->addWidget(m_view);
    layout->addWidget(m_empty);

    QChart* chart = m_view->chart();
    for (QBarSet*& set : m_sets) {
        set = new QBarSet(QString());
        *set << 0 << 0 << 0 << 0;
        m_series->append(set);
    }
    m_series->setBarWidth(0.6);
    chart->addSeries(m_series);
    chart->addAxis(m_names, Qt::AlignBottom);
    chart->addAxis(m_time, Qt::AlignLeft);
    m_series->attachAxis(m_names);
    m_series->attachAxis(m_time);
    m_names->setGridLineVisible(false);
    m_time->setLineVisible(false);
    m_time->setTickCount(3);
    for (QGraphicsSimpleTextItem*& label : m_labels) {
        label = new QGraphicsSimpleTextItem(chart);
        label->setZValue(20);
    }
    connect(chart, &QChart::plotAreaChanged, this, &PercentileChart::placeLabels);
    refresh();
    restyle();
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
            m_sets[t]->replace(i, time && toneOf(*time, m_limits) == tones[t] ? *time : 0);
    }
    m_view->chart()->setLocale(locale());
    const double range = roundedUp(top * 1.15, 1); // room for the label of the highest bar
    if (m_time->min() != 0 || m_time->max() != range)
        m_time->setRange(0, range);
    m_time->setLabelFormat(range < 4 ? QStringLiteral("%.1f") : QStringLiteral("%.0f"));
    if (m_names->categories() != names())
        m_names->setCategories(names());

    m_empty->setText(tr("No check times yet."));
    const bool anything = std::ranges::any_of(times, [](const auto& time) { return time.has_value(); });
    static_cast<QStackedLayout*>(layout())->setCurrentWidget(anything ? static_cast<QWidget*>(m_view)
                                                                      : m_empty);
    placeLabels();
    setAccessibleName(tr("Check times"));
    setAccessibleDescription(summary());
}

void PercentileChart::placeLabels()
{
    const Format format(locale());
    const Values times = values();
    for (int i = 0; i < barCount; ++i) {
        QGraphicsSimpleTextItem* label = m_labels[std::size_t(i)];
        const std::optional<double> time = times[std::size_t(i)];
        label->setText(time ? format.decimal(*time, *time < 100 ? 1 : 0) : Format::none());
        const QPointF top = m_view->chart()->mapToPosition({double(i), time.value_or(0)}, m_series);
        const QSizeF size = label->boundingRect().size();
        label->setPos(top.x() - size.width() / 2, top.y() - size.height() - 2);
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
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(m_names), static_cast<QAbstractAxis*>(m_time)}) {
        axis->setLabelsFont(fontFor(TextRole::Caption));
        axis->setLabelsColor(theme.mutedText);
        axis->setGridLineColor(theme.grid);
        axis->setLinePenColor(theme.outline);
    }
    placeLabels();
}

void PercentileChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
    else if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        refresh();
}

} // namespace prism::ui
