#include "client/ui/window/header_bar.h"

#include "client/ui/application/language.h"
#include "client/ui/theme/icons.h"
#include "client/ui/widgets/text.h"
#include "client/ui/window/connection_badge.h"
#include "client/ui/window/period_selector.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace prism::ui {

HeaderBar::HeaderBar(const QUrl& server, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_title(new Text(TextRole::Number))
    , m_server(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_connection(new ConnectionBadge)
    , m_periods(new PeriodSelector)
    , m_periodName(new Text(TextRole::Number))
    , m_travel(new QToolButton)
    , m_refresh(new QToolButton)
    , m_languages(new QComboBox)
{
    auto* mark = new QLabel;
    mark->setPixmap(applicationIcon().pixmap(36, 36));
    m_server->setText(server.toDisplayString(QUrl::RemoveUserInfo));
    m_server->setElided(true);
    m_periodName->hide();
    m_travel->setObjectName(QStringLiteral("time-travel"));
    m_travel->setFocusPolicy(Qt::StrongFocus);
    m_travel->setCheckable(true);
    m_refresh->setObjectName(QStringLiteral("refresh"));
    m_refresh->setFocusPolicy(Qt::StrongFocus);
    m_languages->setObjectName(QStringLiteral("language"));
    const QList<QLocale> languages = Language::all();
    for (const QLocale& language : languages)
        m_languages->addItem(Language::nameOf(language), language);

    auto* name = new QVBoxLayout;
    name->setSpacing(0);
    name->addWidget(m_title);
    name->addWidget(m_server);
    auto* identity = new QHBoxLayout;
    identity->setSpacing(space::medium);
    identity->addWidget(mark);
    identity->addLayout(name);
    identity->addSpacing(space::small);
    identity->addWidget(m_connection);
    identity->addStretch(1);
    auto* controls = new QHBoxLayout;
    controls->setSpacing(space::medium);
    controls->addWidget(m_periods);
    controls->addWidget(m_periodName);
    controls->addStretch(1);
    controls->addWidget(m_travel);
    controls->addWidget(m_refresh);
    controls->addWidget(m_languages);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::medium);
    m_layout->addLayout(identity, 1);
    m_layout->addLayout(controls);

    connect(m_travel, &QToolButton::toggled, this, &HeaderBar::timeTravelToggled);
    connect(m_refresh, &QToolButton::clicked, this, &HeaderBar::refreshRequested);
    connect(m_languages, &QComboBox::activated, this,
            [this](int row) { emit languageChosen(m_languages->itemData(row).toLocale()); });
    retranslate();
}

QSize HeaderBar::sizeHint() const
{
    // As high as it gets with every button there is, so that nothing below ever moves.
    return QWidget::sizeHint().expandedTo({0, heightWithRetry()});
}

QSize HeaderBar::minimumSizeHint() const
{
    // It becomes as narrow as the wider of its lines, whether they stand side by side now or not.
    int width = 0;
    for (int line = 0; line < m_layout->count(); ++line)
        width = std::max(width, m_layout->itemAt(line)->minimumSize().width());
    return {width, std::max(QWidget::minimumSizeHint().height(), heightWithRetry())};
}

int HeaderBar::heightWithRetry() const
{
    const bool isOneLine = m_layout->direction() == QBoxLayout::LeftToRight;
    const int controls = isOneLine ? 0 : m_layout->itemAt(1)->sizeHint().height() + m_layout->spacing();
    return m_connection->heightWithRetry() + controls;
}

void HeaderBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    constexpr int charactersInOneLine = 150;
    const bool isNarrow = !m_reduced && width() < fontMetrics().averageCharWidth() * charactersInOneLine;
    m_layout->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void HeaderBar::setReduced(bool reduced)
{
    m_reduced = reduced;
    m_periodName->setText(PeriodSelector::spanOf(m_periods->period()));
    showControls();
}

void HeaderBar::setTimed(bool timed)
{
    m_timed = timed;
    showControls();
}

void HeaderBar::showControls()
{
    m_periodName->setVisible(m_reduced && m_timed);
    for (QWidget* control : std::initializer_list<QWidget*>{m_periods, m_travel})
        control->setVisible(!m_reduced && m_timed);
    for (QWidget* control : std::initializer_list<QWidget*>{m_refresh, m_languages})
        control->setVisible(!m_reduced);
    if (m_profiles)
        m_profiles->setVisible(!m_reduced);
}

void HeaderBar::setTimeTravelling(bool travelling)
{
    const QSignalBlocker blocker(m_travel);
    m_travel->setChecked(travelling);
}

void HeaderBar::setProfileMenu(QWidget* menu)
{
    delete layout()->replaceWidget(m_server, menu, Qt::FindChildrenRecursively);
    m_server->hide();
    m_profiles = menu;
    QWidget* before = m_title->previousInFocusChain(); // it stands first, and came last
    while (before != m_title && !(before->focusPolicy() & Qt::TabFocus))
        before = before->previousInFocusChain();
    setTabOrder(before, menu);
    showControls();
}

void HeaderBar::setLanguage(const QLocale& locale)
{
    m_languages->setCurrentIndex(m_languages->findText(Language::nameOf(locale)));
}

void HeaderBar::retranslate()
{
    m_title->setText(QStringLiteral("PRISM Gateway"));
    m_periodName->setText(PeriodSelector::spanOf(m_periods->period()));
    m_travel->setIcon(icon(QStringLiteral("history"), Theme::of(this).text));
    m_travel->setToolTip(tr("As it was at another time (Ctrl+T)"));
    m_travel->setAccessibleName(tr("Time travel"));
    m_travel->setAccessibleDescription(tr("Shows or hides the bar that takes the dashboard back in time"));
    m_refresh->setIcon(icon(QStringLiteral("refresh"), Theme::of(this).text));
    m_refresh->setToolTip(tr("Refresh (F5)"));
    m_refresh->setAccessibleName(tr("Refresh"));
    m_refresh->setAccessibleDescription(tr("Fetches everything that is shown anew"));
    m_languages->setToolTip(tr("Language"));
    m_languages->setAccessibleName(tr("Language"));
    m_languages->setAccessibleDescription(tr("The language of this window"));
    m_server->setAccessibleName(tr("Server"));
}

void HeaderBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || changesTheme(*event))
        retranslate();
}

} // namespace prism::ui
