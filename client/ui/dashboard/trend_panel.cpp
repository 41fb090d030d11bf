#include "client/ui/dashboard/trend_panel.h"

#include "client/ui/charts/trend_chart.h"
#include "client/ui/widgets/legend.h"
#include "client/ui/widgets/text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace prism::ui {

using protocol::Direction;
using protocol::Period;
using protocol::Unsaid;

TrendPanel::TrendPanel(QWidget* parent)
    : Panel(parent)
    , m_directionText(new Text(TextRole::Strong))
    , m_chart(new TrendChart)
    , m_legend(new Legend)
{
    header()->addWidget(m_directionText);
    body()->addWidget(m_chart, 1);
    body()->addWidget(m_legend);
    m_legend->hide();
    TrendPanel::retranslate();
}

void TrendPanel::display(const protocol::Trend& trend, Period period)
{
    const bool anything =
        std::ranges::any_of(trend.points, [](const auto& p) { return p.value.has_value(); });
    m_chart->display(trend, period);
    const std::optional<protocol::Trend> shown = anything ? std::optional(trend) : std::nullopt;
    if (m_trend == shown && m_period == period)
        return;
    m_trend = shown;
    m_legend->setVisible(anything);
    m_period = period;
    retranslate();
}

void TrendPanel::displayForecast(const std::optional<protocol::ForecastReport>& forecast)
{
    if (m_forecast == forecast)
        return;
    m_forecast = forecast;
    m_chart->displayForecast(forecast);
    retranslate();
}

QString TrendPanel::directionText() const
{
    return m_directionText->text();
}

QString TrendPanel::valuesText() const
{
    switch (m_period) {
    case Period::Today:
        return tr("violations per hour");
    case Period::Year:
        return tr("violations per week");
    case Period::All:
        return tr("violations per month");
    default:
        return tr("violations per day");
    }
}

Tone TrendPanel::tone() const
{
    const auto direction = m_trend ? m_trend->direction() : std::nullopt;
    return direction == Direction::Up ? Tone::Bad : direction == Direction::Down ? Tone::Good : Tone::Info;
}

void TrendPanel::sayDirection()
{
    const auto say = [this](const QString& words, Text::Ink ink) {
        m_directionText->setText(words);
        m_directionText->setInk(ink);
    };
    if (!m_trend)
        return m_directionText->clear();
    if (const protocol::Said<protocol::Heading>& heading = m_trend->heading; !heading) {
        switch (heading.error()) {
        case Unsaid::TooFewValues:
            return say(tr("too few values for a direction"), Text::Ink::Muted);
        case Unsaid::WeekTooShort:
            return say(tr("a week is too short for a direction"), Text::Ink::Muted);
        case Unsaid::Hours:
            return say(tr("hours have no direction"), Text::Ink::Muted);
        }
    }
    switch (m_trend->heading->direction) {
    case Direction::Up:
        return say(QStringLiteral("▲ ") + tr("rising"), Text::Ink::Bad);
    case Direction::Down:
        return say(QStringLiteral("▼ ") + tr("falling"), Text::Ink::Good);
    case Direction::Stable:
        return say(QStringLiteral("▬ ") + tr("stable"), Text::Ink::Info);
    }
}

/// Of those marks that are there; and why some are not.
void TrendPanel::explainMarks()
{
    QList<LegendItem> items{{LegendItem::Mark::Line, tone(), valuesText()}};
    if (m_forecast && m_forecast->period == m_period && !m_forecast->steps.isEmpty()) {
        if (m_forecast->reason)
            items.append({LegendItem::Mark::Band, Tone::Neutral, tr("too few values to expect any")});
        else
            items.append({LegendItem::Mark::Band, Tone::Info, tr("expected")});
    }
    items += {{LegendItem::Mark::DashedLine, Tone::Neutral, tr("smoothed")},
              {LegendItem::Mark::HollowPoint, tone(), tr("still running")}};
    if (m_trend && m_trend->changePoints == protocol::Unknown(Unsaid::TooFewValues))
        items.append({LegendItem::Mark::Diamond, Tone::Neutral, tr("too few values for steps")});
    else if (m_trend && m_trend->changePoints && !m_trend->changePoints->isEmpty())
        items.append({LegendItem::Mark::Diamond, Tone::Caution, tr("step")});
    m_legend->setItems(items);
}

void TrendPanel::retranslate()
{
    setTitle(tr("Violations trend"));
    sayDirection();
    explainMarks();
    setAccessibleDescription(m_chart->summary());
}

} // namespace prism::ui
