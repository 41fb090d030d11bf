#include "client/ui/dashboard/check_time_panel.h"

#include "client/ui/charts/percentile_chart.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/legend.h"

#include <QVBoxLayout>

namespace prism::ui {

CheckTimePanel::CheckTimePanel(QWidget* parent)
    : Panel(parent)
    , m_chart(new PercentileChart)
    , m_legend(new Legend)
{
    body()->addWidget(m_chart, 1);
    body()->addWidget(m_legend);
    CheckTimePanel::retranslate();
}

void CheckTimePanel::display(const protocol::Performance& performance)
{
    m_chart->display(performance);
    setAccessibleDescription(m_chart->summary());
}

void CheckTimePanel::setLimits(const model::CheckTimeLimits& limits)
{
    m_chart->setLimits(limits);
    retranslate();
}

QStringList CheckTimePanel::legendTexts() const
{
    QStringList texts;
    for (const LegendItem& item : m_legend->items())
        texts.append(item.text);
    return texts;
}

void CheckTimePanel::retranslate()
{
    setTitle(tr("Check time (ms)"));
    const Format format(locale());
    const QString fast = format.decimal(m_chart->limits().goodBelow);
    const QString acceptable = format.decimal(m_chart->limits().acceptableBelow);
    m_legend->setItems({{LegendItem::Mark::Square, Tone::Good, tr("< %1", "milliseconds").arg(fast)},
                        {LegendItem::Mark::Square, Tone::Caution, tr("< %1", "milliseconds").arg(acceptable)},
                        {LegendItem::Mark::Square, Tone::Bad, tr("≥ %1", "milliseconds").arg(acceptable)}});
    setAccessibleDescription(m_chart->summary());
}

} // namespace prism::ui
