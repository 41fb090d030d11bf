#include "client/ui/dashboard/quality_panel.h"

#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/form_scroll.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/meter.h"
#include "client/ui/widgets/terms.h"
#include "client/ui/widgets/text.h"

#include <QVBoxLayout>

#include <utility>

namespace prism::ui {

QualityPanel::QualityPanel(QWidget* parent)
    : Panel(parent)
    , m_violationRate(new Meter(Meter::Form::Wide))
    , m_falsePositiveRate(new Meter(Meter::Form::Wide))
    , m_topTitle(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_noTop(new Text(TextRole::Body, Text::Ink::Muted))
    , m_topLayout(new QVBoxLayout)
    , m_scroll(new FormScroll)
{
    m_noTop->setWordWrap(true);
    auto* list = new QWidget;
    auto* listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, space::tiny, 0); // clear of the scroll bar
    m_topLayout->setSpacing(2);
    listLayout->addWidget(m_noTop);
    listLayout->addLayout(m_topLayout);
    listLayout->addStretch();
    m_scroll->setWidget(list);

    body()->addWidget(m_violationRate);
    body()->addWidget(m_falsePositiveRate);
    body()->addSpacing(space::tiny);
    body()->addWidget(m_topTitle);
    body()->addWidget(m_scroll, 1);
    QualityPanel::retranslate();
}

void QualityPanel::display(const protocol::Quality& quality)
{
    if (m_quality == quality)
        return;
    m_quality = quality;
    retranslate();
}

void QualityPanel::setReduced(bool reduced)
{
    m_reduced = reduced;
    m_scroll->setVerticalScrollBarPolicy(reduced ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    showWhole();
}

QString QualityPanel::violationRateText() const
{
    return m_violationRate->value();
}

QString QualityPanel::falsePositiveRateText() const
{
    return m_falsePositiveRate->value();
}

QStringList QualityPanel::topNames() const
{
    QStringList names;
    for (const Meter* meter : m_top)
        names.append(meter->name());
    return names;
}

void QualityPanel::retranslate()
{
    setTitle(tr("Quality"));
    const Format format(locale());
    const auto violationRate = m_quality ? m_quality->violationRate : std::nullopt;
    const auto falsePositiveRate = m_quality ? m_quality->falsePositiveRate : std::nullopt;
    m_violationRate->display(Terms::metric(QStringLiteral("violationRate")), format.rate(violationRate),
                             violationRate);
    m_falsePositiveRate->display(Terms::metric(QStringLiteral("falsePositiveRate")),
                                 format.rate(falsePositiveRate), falsePositiveRate);
    m_topTitle->setText(tr("Top violated principles"));
    m_noTop->setText(tr("None violated in this period."));
    m_noTop->setVisible(m_quality && m_quality->topViolations.isEmpty());
    showTop();
}

void QualityPanel::showTop()
{
    const Format format(locale());
    const QList<protocol::TopViolation> top =
        m_quality ? m_quality->topViolations : QList<protocol::TopViolation>();
    while (m_top.size() > top.size())
        delete m_top.takeLast();
    while (m_top.size() < top.size()) {
        m_top.append(new Meter(Meter::Form::Compact));
        m_topLayout->addWidget(m_top.last());
    }
    for (qsizetype i = 0; i < top.size(); ++i)
        m_top[i]->display(isolated(top[i].name.isEmpty() ? top[i].id : top[i].name),
                          format.count(top[i].count), top[i].share);
    showWhole();
}

/// Where nobody can scroll there is no row of which only a part would be seen.
void QualityPanel::showWhole()
{
    int end = 0;
    for (Meter* meter : std::as_const(m_top)) {
        end += meter->sizeHint().height();
        meter->setVisible(!m_reduced || end <= m_scroll->viewport()->height());
        end += m_topLayout->spacing();
    }
}

void QualityPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    showWhole();
}

} // namespace prism::ui
