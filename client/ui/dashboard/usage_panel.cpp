#include "client/ui/dashboard/usage_panel.h"

#include "client/ui/widgets/format.h"
#include "client/ui/widgets/terms.h"
#include "client/ui/widgets/text.h"

#include <QHBoxLayout>

#include <algorithm>

namespace prism::ui {

UsagePanel::UsagePanel(QWidget* parent)
    : Panel(parent)
{
    body()->setSpacing(0);
    for (std::size_t row = 0; row < RowCount; ++row) {
        m_names[row] = new Text(TextRole::Body, Text::Ink::Muted);
        m_values[row] = new Text(TextRole::Number);
        m_names[row]->setElided(true);
        m_names[row]->setBuddy(m_values[row]);
        auto* line = new QHBoxLayout;
        line->setSpacing(space::small);
        line->addWidget(m_names[row], 1);
        line->addWidget(m_values[row]);
        body()->addStretch(1);
        body()->addLayout(line);
        body()->addStretch(1);
    }
    UsagePanel::retranslate();
}

void UsagePanel::display(const protocol::Usage& usage)
{
    if (m_usage == usage)
        return;
    m_usage = usage;
    retranslate();
}

QString UsagePanel::valueText(Row row) const
{
    return m_values[row]->text();
}

void UsagePanel::retranslate()
{
    setTitle(tr("Usage"));
    constexpr std::array<QLatin1String, RowCount> metrics{
        QLatin1String("totalRetrospectives"), QLatin1String("activeSessions"), QLatin1String("avgDuration"),
        QLatin1String("successRate"), QLatin1String("dailyActiveUsers")};
    for (std::size_t row = 0; row < RowCount; ++row)
        m_names[row]->setText(Terms::metric(metrics[row]));
    const Format format(locale());
    std::array<QString, RowCount> values;
    values.fill(Format::none());
    if (m_usage)
        values = {format.count(m_usage->totalRetrospectives), format.count(m_usage->activeSessions),
                  format.duration(m_usage->avgDuration), format.rate(m_usage->successRate),
                  format.decimal(m_usage->dailyActiveUsers)};
    for (std::size_t row = 0; row < RowCount; ++row) {
        m_values[row]->setText(values[row]);
        m_values[row]->setAccessibleName(m_names[row]->text());
        m_values[row]->setAccessibleDescription(values[row]);
    }
    wrapNames();
}

/// Into lines as long as no word is cut.
void UsagePanel::wrapNames()
{
    for (std::size_t row = 0; row < RowCount; ++row) {
        const int room = width() - 2 * space::large - space::small - m_values[row]->sizeHint().width();
        const QStringList words = m_names[row]->text().split(u' ');
        const QFontMetrics metrics = m_names[row]->fontMetrics();
        m_names[row]->setWordWrap(std::ranges::all_of(
            words, [&](const QString& word) { return metrics.horizontalAdvance(word) <= room; }));
    }
}

void UsagePanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    wrapNames();
}

} // namespace prism::ui
