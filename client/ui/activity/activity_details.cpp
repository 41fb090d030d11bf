#include "client/ui/activity/activity_details.h"

#include "client/ui/activity/activity_facts.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace prism::ui {

namespace {

enum Role { ViolationRole = Qt::UserRole + 1, FalsePositiveRole };

QTreeWidgetItem* itemFor(const Fact& fact)
{
    const QString value = isolated(fact.value);
    auto* item = new QTreeWidgetItem({isolated(fact.name), value});
    item->setToolTip(1, value.toHtmlEscaped());
    item->setTextAlignment(0, Qt::AlignLeft | Qt::AlignTop);
    return item;
}

} // namespace

ActivityDetails::ActivityDetails(QWidget* parent)
    : QWidget(parent)
    , m_facts(new QTreeWidget)
    , m_mark(new QPushButton)
    , m_open(new QPushButton)
    , m_copy(new QPushButton)
    , m_close(new QToolButton)
{
    setObjectName(QStringLiteral("activity-details"));
    m_facts->setObjectName(QStringLiteral("activity-facts"));
    m_facts->setColumnCount(2);
    m_facts->setHeaderHidden(true);
    m_facts->setRootIsDecorated(false);
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->setWordWrap(true);
    m_facts->setTabKeyNavigation(false);
    m_facts->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_mark->setObjectName(QStringLiteral("activity-mark"));
    m_open->setObjectName(QStringLiteral("activity-open"));
    m_open->hide();
    m_copy->setObjectName(QStringLiteral("activity-copy"));
    m_close->setObjectName(QStringLiteral("activity-close"));
    m_close->setFocusPolicy(Qt::StrongFocus);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::tiny);
    buttons->addWidget(m_mark);
    buttons->addWidget(m_open);
    buttons->addStretch(1);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::tiny, 0, 0);
    layout->setSpacing(space::tiny);
    layout->addWidget(m_facts, 1);
    layout->addLayout(buttons);

    connect(m_facts, &QTreeWidget::currentItemChanged, this, &ActivityDetails::showMark);
    connect(m_mark, &QPushButton::clicked, this, &ActivityDetails::chooseMark);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (!m_run.isEmpty())
            QDesktopServices::openUrl(m_run);
    });
    connect(m_copy, &QPushButton::clicked, this, &ActivityDetails::copy);
    // The tree's own copy would take one cell.
    auto* copyKey = new QShortcut(QKeySequence::Copy, m_facts);
    copyKey->setContext(Qt::WidgetShortcut);
    connect(copyKey, &QShortcut::activated, this, &ActivityDetails::copy);
    connect(m_close, &QToolButton::clicked, this, &ActivityDetails::closeRequested);
    retranslate();
}

void ActivityDetails::display(const std::optional<model::ActivityEntry>& entry)
{
    m_entry = entry;
    fill();
}

void ActivityDetails::setMarking(bool offered)
{
    if (!offered)
        yieldFocus(*m_mark, *m_facts);
    m_mark->setVisible(offered);
}

void ActivityDetails::fill()
{
    const QSignalBlocker quiet(m_facts); // what can be done with them is told at the end
    const int chosen = chosenViolation();
    m_facts->clear();
    m_checkId.clear();
    m_run.clear();
    if (m_entry) {
        const ActivityFacts facts(*m_entry, locale());
        m_checkId = facts.checkId();
        m_run = facts.run();
        for (const Fact& fact : facts.facts())
            m_facts->addTopLevelItem(itemFor(fact));
        for (const ViolationFact& violation : facts.violations()) {
            QTreeWidgetItem* item = itemFor(violation.text);
            item->setData(0, ViolationRole, violation.number);
            item->setData(0, FalsePositiveRole, violation.falsePositive);
            m_facts->addTopLevelItem(item);
            if (violation.number == chosen)
                m_facts->setCurrentItem(item);
        }
    }
    if (m_run.isEmpty())
        yieldFocus(*m_open, *m_facts);
    m_open->setVisible(!m_run.isEmpty());
    m_open->setToolTip(m_run.toDisplayString().toHtmlEscaped());
    m_copy->setEnabled(m_entry.has_value());
    showMark();
}

void ActivityDetails::copy() const
{
    if (m_entry)
        QApplication::clipboard()->setText(ActivityFacts(*m_entry, locale()).asText());
}

int ActivityDetails::chosenViolation() const
{
    const QTreeWidgetItem* item = m_facts->currentItem();
    const QVariant number = item ? item->data(0, ViolationRole) : QVariant();
    return number.isValid() ? number.toInt() : -1;
}

void ActivityDetails::showMark()
{
    const bool violation = chosenViolation() >= 0;
    const bool marked = violation && m_facts->currentItem()->data(0, FalsePositiveRole).toBool();
    if (!violation)
        yieldFocus(*m_mark, *m_facts);
    m_mark->setEnabled(violation);
    m_mark->setText(marked ? tr("Count the violation again") : tr("Mark as false positive"));
}

void ActivityDetails::chooseMark()
{
    if (const int violation = chosenViolation(); violation >= 0)
        emit falsePositiveChosen(m_checkId, violation,
                                 !m_facts->currentItem()->data(0, FalsePositiveRole).toBool());
}

void ActivityDetails::retranslate()
{
    m_facts->setAccessibleName(tr("Details"));
    m_facts->setAccessibleDescription(tr("Everything that the selected event said"));
    m_mark->setAccessibleDescription(tr("For the violation chosen above: whether it counts"));
    m_open->setText(tr("Open the run"));
    m_open->setAccessibleDescription(tr("Shows in the browser where this check was run"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleDescription(tr("Puts all details on the clipboard"));
    m_close->setText(QStringLiteral("✕"));
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setAccessibleName(tr("Close the details"));
    m_close->setAccessibleDescription(tr("Gives the room back to the table"));
    fill();
}

void ActivityDetails::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        retranslate();
}

void ActivityDetails::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_facts->header()->setMaximumSectionSize(width() * 2 / 5); // a long name leaves room for what it says
}

void ActivityDetails::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closeRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace prism::ui
