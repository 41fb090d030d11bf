#include "client/ui/dashboard/stat_card.h"

#include "client/ui/widgets/format.h"
#include "client/ui/widgets/sparkline.h"
#include "client/ui/widgets/text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>

namespace prism::ui {

namespace {

Text::Ink inkFor(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return Text::Ink::Good;
    case Tone::Bad:
        return Text::Ink::Bad;
    default:
        return Text::Ink::Muted;
    }
}

} // namespace

StatCard::StatCard(Kind kind, QWidget* parent)
    : Panel(parent)
    , m_kind(kind)
    , m_tone(Tone::Neutral)
    , m_value(new Text(TextRole::Figure))
    , m_change(new Text(TextRole::Strong, Text::Ink::Muted))
    , m_previous(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_sparkline(new Sparkline)
{
    m_value->setElided(true);
    m_previous->setElided(true);
    m_sparkline->hide();

    auto* figure = new QHBoxLayout;
    figure->setSpacing(space::small);
    figure->addWidget(m_value);
    figure->addStretch(1);
    figure->addWidget(m_sparkline, 4); // gives way to a long number
    auto* comparison = new QHBoxLayout;
    comparison->setSpacing(space::small);
    comparison->addWidget(m_change);
    comparison->addWidget(m_previous, 1);
    body()->setSpacing(0);
    body()->addLayout(figure);
    body()->addLayout(comparison);
    StatCard::retranslate();
}

void StatCard::display(const Stat& stat)
{
    if (m_stat == stat)
        return;
    m_stat = stat;
    retranslate();
}

void StatCard::displayTrend(const protocol::Trend& trend)
{
    if (m_trend == trend)
        return;
    m_trend = trend;
    QList<std::optional<double>> values;
    for (const protocol::TrendPoint& point : trend.points)
        values.append(point.value);
    m_sparkline->display(values, trendTone());
}

QString StatCard::valueText() const
{
    return m_value->text();
}

QString StatCard::changeText() const
{
    return m_change->text();
}

bool StatCard::isBetterWhenLower() const
{
    return m_kind == Kind::Violations || m_kind == Kind::AverageCheckTime;
}

Tone StatCard::trendTone() const
{
    const auto direction = m_trend.direction();
    if (!direction || direction == protocol::Direction::Stable)
        return Tone::Info;
    const bool falls = direction == protocol::Direction::Down;
    return falls == isBetterWhenLower() ? Tone::Good : Tone::Bad;
}

QString StatCard::titleText() const
{
    switch (m_kind) {
    case Kind::TotalChecks:
        return tr("Total checks");
    case Kind::Violations:
        return tr("Violations");
    case Kind::ActiveUsers:
        return tr("Active users");
    case Kind::AverageCheckTime:
        return tr("Average check time");
    }
    return {};
}

QString StatCard::amount(double value) const
{
    const Format format(locale());
    return m_kind == Kind::AverageCheckTime ? format.milliseconds(value) : format.count(qint64(value));
}

void StatCard::retranslate()
{
    setTitle(titleText());
    // The same for every card, whatever scripts its text is made of.
    m_value->setFixedHeight(QFontMetrics(fontFor(TextRole::Figure)).height() * 6 / 5);
    m_value->setText(m_stat && m_stat->value ? amount(*m_stat->value) : Format::none());
    showChange();
    QStringList said{m_value->text(), m_change->text(), m_previous->text()};
    said.removeAll(QString());
    setAccessibleDescription(said.join(QStringLiteral(", ")));
}

void StatCard::showChange()
{
    m_tone = Tone::Neutral;
    QString change;
    QString previous;
    if (m_stat && !m_stat->change) {
        previous = tr("all there is, nothing to compare with");
    } else if (m_stat && m_stat->change->change) {
        const Format format(locale());
        const double by = *m_stat->change->change;
        if (by == 0) {
            change = tr("unchanged");
        } else {
            const bool better = (by < 0) == isBetterWhenLower();
            m_tone = better ? Tone::Good : Tone::Bad;
            const QString size = m_stat->change->changePercent
                                     ? format.rate(std::abs(*m_stat->change->changePercent) / 100)
                                     : amount(std::abs(by));
            change = (by > 0 ? QStringLiteral("▲ +%1 ") : QStringLiteral("▼ −%1 ")).arg(size) +
                     (better ? tr("better") : tr("worse"));
        }
        if (m_stat->change->previous)
            previous = tr("was %1").arg(amount(*m_stat->change->previous));
    } else if (m_stat) {
        previous = tr("nothing to compare with yet");
    }
    m_change->setText(change);
    m_change->setVisible(!change.isEmpty());
    m_change->setInk(inkFor(m_tone));
    m_previous->setText(previous);
}

} // namespace prism::ui
