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
    m_direction = anything ? std::optional(trend.direction) : std::nullopt;
    m_legend->setVisible(anything);
    m_period = period;
    m_chart->display(trend, period);
    retranslate();
}

void TrendPanel::displayForecast(const std::optional<protocol::ForecastReport>& forecast)
{
    m_foresees = forecast && !forecast->steps.isEmpty();
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

void TrendPanel::retranslate()
{
    setTitle(tr("Violations trend"));
    Tone tone = Tone::Info;
    if (!m_direction) {
        m_directionText->clear();
    } else if (*m_direction == Direction::Up) {
        tone = Tone::Bad;
        m_directionText->setText(QStringLiteral("▲ ") + tr("rising"));
        m_directionText->setInk(Text::Ink::Bad);
    } else if (*m_direction == Direction::Down) {
        tone = Tone::Good;
        m_directionText->setText(QStringLiteral("▼ ") + tr("falling"));
        m_directionText->setInk(Text::Ink::Good);
    } else {
        m_directionText->setText(QStringLiteral("▬ ") + tr("stable"));
        m_directionText->setInk(Text::Ink::Info);
    }
    QList<LegendItem> items{{LegendItem::Mark::Line, tone, valuesText()},
                            {LegendItem::Mark::DashedLine, Tone::Neutral, tr("smoothed")},
                            {LegendItem::Mark::HollowPoint, tone, tr("still running")},
                            {LegendItem::Mark::Diamond, Tone::Caution, tr("step")}};
    if (m_foresees)
        items.insert(1, {LegendItem::Mark::Band, Tone::Info, tr("expected")});
    m_legend->setItems(items);
    setAccessibleDescription(m_chart->summary());
}

} // namespace prism::ui
