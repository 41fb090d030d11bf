#include "client/ui/dashboard/stat_card.h"

#include "client/ui/dashboard/change_words.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/sparkline.h"
#include "client/ui/widgets/terms.h"
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

Tone toneOf(const protocol::Change& change)
{
    const auto verdict = change.assessment.verdict;
    return verdict == protocol::Verdict::Better  ? Tone::Good
           : verdict == protocol::Verdict::Worse ? Tone::Bad
                                                 : Tone::Neutral;
}

ChangeWords::About about(StatCard::Kind kind)
{
    const bool isVolume = kind == StatCard::Kind::TotalChecks || kind == StatCard::Kind::ActiveUsers;
    return isVolume ? ChangeWords::About::Volume : ChangeWords::About::Quality;
}

} // namespace

StatCard::StatCard(Kind kind, QWidget* parent)
    : Panel(parent)
    , m_kind(kind)
    , m_tone(Tone::Neutral)
    , m_value(new Text(TextRole::Figure))
    , m_change(new Text(TextRole::Strong, Text::Ink::Muted))
    , m_span(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_sparkline(new Sparkline)
{
    m_value->setElided(true);
    m_span->setWordWrap(true);
    m_sparkline->hide();

    auto* figure = new QHBoxLayout;
    figure->setSpacing(space::small);
    figure->addWidget(m_value);
    figure->addStretch(1);
    figure->addWidget(m_sparkline, 4); // gives way to a long number
    m_span->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    body()->setSpacing(0);
    body()->addLayout(figure);
    body()->addWidget(m_change);
    body()->addWidget(m_span);
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
    m_sparkline->display(values, Tone::Info);
}

QString StatCard::valueText() const
{
    return m_value->text();
}

QString StatCard::changeText() const
{
    return m_change->text();
}

QString StatCard::titleText() const
{
    switch (m_kind) {
    case Kind::TotalChecks:
        return Terms::metric(QStringLiteral("totalChecks"));
    case Kind::Violations:
        return Terms::metric(QStringLiteral("violations"));
    case Kind::ActiveUsers:
        return Terms::metric(QStringLiteral("activeUsers"));
    case Kind::AverageCheckTime:
        return Terms::metric(QStringLiteral("avgCheckTime"));
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
    // A longer span takes two lines where the window is narrow.
    m_span->setFixedHeight(2 * QFontMetrics(fontFor(TextRole::Caption)).lineSpacing());
    m_value->setText(m_stat && m_stat->value ? amount(*m_stat->value) : Format::none());
    showChange();
    showDetails();
}

QString StatCard::signedSize(const protocol::Change& change) const
{
    const double by = *change.change;
    const QString size = change.changePercent ? Format(locale()).rate(std::abs(*change.changePercent) / 100)
                                              : amount(std::abs(by));
    return (by > 0 ? QStringLiteral("▲ +%1") : QStringLiteral("▼ −%1")).arg(size);
}

void StatCard::showChange()
{
    m_tone = Tone::Neutral;
    QString change;
    QString span;
    if (m_stat && !m_stat->change) {
        span = tr("all there is, nothing to compare with");
    } else if (m_stat && m_stat->change->change) {
        const ChangeWords words(locale(), about(m_kind));
        change = tr("unchanged");
        if (*m_stat->change->change != 0) {
            m_tone = toneOf(*m_stat->change);
            change = (signedSize(*m_stat->change) + u' ' + words.word(*m_stat->change)).trimmed();
        }
        span = words.against(*m_stat->change);
    } else if (m_stat) {
        span = tr("nothing to compare with yet");
    }
    m_change->setText(change);
    m_change->setVisible(!change.isEmpty());
    m_change->setInk(inkFor(m_tone));
    m_span->setText(span);
}

/// What there is no room for.
void StatCard::showDetails()
{
    QStringList details;
    if (m_stat && m_stat->change) {
        if (m_stat->change->previous)
            details.append(tr("was %1").arg(amount(*m_stat->change->previous)));
        details.append(ChangeWords::reason(m_stat->change->assessment));
    }
    details.removeAll(QString());
    QStringList said{m_value->text(), m_change->text(), m_span->text()};
    said.removeAll(QString());
    setToolTip(Format::list(details));
    setAccessibleDescription(Format::list(said + details));
}

} // namespace prism::ui
