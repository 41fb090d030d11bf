#include "client/ui/window/period_selector.h"

#include "client/ui/theme/theme.h"
#include "client/ui/widgets/terms.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>

namespace prism::ui {

using protocol::Period;

PeriodSelector::PeriodSelector(QWidget* parent)
    : QFrame(parent)
    , m_buttons(new QButtonGroup(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(3, 3, 3, 3);
    layout->setSpacing(2);
    for (const Period period : protocol::allPeriods) {
        const int id = int(period);
        auto* button = new QPushButton;
        button->setObjectName(QStringLiteral("period-") + protocol::toString(period));
        button->setCheckable(true);
        button->setProperty("segment", true);
        layout->addWidget(button);
        m_buttons->addButton(button, id);
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(int(Qt::Key_1) + id)), this);
        connect(shortcut, &QShortcut::activated, button, &QPushButton::click);
    }
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int id) { emit chosen(Period(id)); });
    retranslate();
}

Period PeriodSelector::period() const
{
    return Period(m_buttons->checkedId());
}

QString PeriodSelector::spanOf(Period period)
{
    switch (period) {
    case Period::Today:
        return tr("Since midnight");
    case Period::Week:
        return tr("Today and the 6 days before");
    case Period::Month:
        return tr("Today and the 29 days before");
    case Period::Year:
        return tr("Today and the 364 days before");
    case Period::All:
        break;
    }
    return tr("Everything there is");
}

void PeriodSelector::setPeriod(Period period)
{
    m_buttons->button(int(period))->setChecked(true);
}

void PeriodSelector::retranslate()
{
    setAccessibleName(tr("Period"));
    for (const Period period : protocol::allPeriods) {
        const int id = int(period);
        QAbstractButton* button = m_buttons->button(id);
        button->setText(Terms::period(period));
        button->setAccessibleName(tr("Period: %1").arg(button->text()));
        button->setAccessibleDescription(spanOf(period));
        button->setToolTip(tr("%1 (Ctrl+%2)").arg(spanOf(period)).arg(id + 1));
    }
}

void PeriodSelector::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void PeriodSelector::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(rect(), 8, 8);
}

} // namespace prism::ui
