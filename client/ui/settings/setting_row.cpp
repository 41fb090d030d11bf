#include "client/ui/settings/setting_row.h"

#include "client/ui/widgets/text.h"

#include <QGridLayout>
#include <QLineEdit>

namespace prism::ui {

namespace {

constexpr int controlWidth = 168;

} // namespace

SettingRow::SettingRow(QWidget* control, QWidget* parent)
    : QWidget(parent)
    , m_control(control)
    , m_name(new Text(TextRole::Body))
    , m_hint(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_problem(new Text(TextRole::Caption, Text::Ink::Bad))
{
    m_name->setBuddy(control);
    m_name->setWordWrap(true);
    m_hint->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    control->setFixedWidth(controlWidth);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, space::tiny, 0, space::tiny);
    grid->setHorizontalSpacing(space::large);
    grid->setVerticalSpacing(0);
    grid->addWidget(m_name, 0, 0);
    grid->addWidget(m_hint, 1, 0);
    grid->addWidget(control, 0, 1, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_problem, 2, 0, 1, 2);
    grid->setColumnStretch(0, 1);
}

void SettingRow::setTexts(const QString& name, const QString& hint)
{
    m_name->setText(name);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    // A box for numbers is typed into by an edit of its own, which is what has the focus.
    auto* edit = m_control->findChild<QLineEdit*>();
    for (QWidget* each : {m_control, static_cast<QWidget*>(edit)}) {
        if (!each)
            continue;
        each->setAccessibleName(name);
        each->setAccessibleDescription(hint.isEmpty() ? name : hint);
    }
}

void SettingRow::setProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

QString SettingRow::problem() const
{
    return m_problem->text();
}

} // namespace prism::ui
