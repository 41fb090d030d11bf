#include "client/ui/window/profile_menu.h"

#include "client/ui/theme/theme.h"
#include "client/ui/widgets/foreign_text.h"

#include <QActionGroup>
#include <QEvent>
#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>

namespace prism::ui {

ProfileMenu::ProfileMenu(model::ProfileStore& store, const model::Profile& current, model::Access& access,
                         QWidget* parent)
    : QToolButton(parent)
    , m_store(store)
    , m_current(current)
    , m_access(access)
{
    setObjectName(QStringLiteral("profile"));
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFont(fontFor(TextRole::Caption));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setMenu(&m_menu);
    connect(&m_menu, &QMenu::aboutToShow, this, &ProfileMenu::fill);
    retranslate();
}

QSize ProfileMenu::minimumSizeHint() const
{
    constexpr int leastCharacters = 16;
    const QSize usual = sizeHint();
    const int text = fontMetrics().horizontalAdvance(this->text());
    return {usual.width() - std::max(text - fontMetrics().averageCharWidth() * leastCharacters, 0),
            usual.height()};
}

void ProfileMenu::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    const int around = sizeHint().width() - fontMetrics().horizontalAdvance(text());
    option.text = fontMetrics().elidedText(text(), Qt::ElideRight, width() - around);
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
}

void ProfileMenu::fill()
{
    m_menu.clear();
    m_store.reload(); // another window may have changed them
    auto* group = new QActionGroup(&m_menu);
    const QList<model::Profile> profiles = m_store.profiles();
    for (const model::Profile& profile : profiles) {
        QString name = isolated(profile.name);
        name.replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction* action = m_menu.addAction(tr("%1 (%2)", "profile, server").arg(name, profile.address()));
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(profile.name == m_current.name);
        connect(action, &QAction::triggered, this, [this, wanted = profile.name] {
            if (wanted != m_current.name)
                emit chosen(wanted);
        });
    }
    m_menu.addSeparator();
    const auto& self = m_access.self();
    QString name = self ? isolated(self->name) : QString();
    name.replace(QLatin1Char('&'), QStringLiteral("&&"));
    const bool isIn = m_access.hasToken() && !m_access.refusal() && !name.isEmpty();
    m_menu.addAction(isIn ? tr("Signed in as %1…").arg(name) : tr("Sign in…"), this,
                     &ProfileMenu::signInRequested);
    m_menu.addAction(tr("Edit servers…"), this, &ProfileMenu::edit);
}

void ProfileMenu::edit()
{
    auto* dialog = new ProfileDialog(m_store, m_unsaved, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ProfileMenu::retranslate()
{
    const QString server = m_current.address();
    QString name = m_current.name == server
                       ? server
                       : tr("%1 (%2)", "profile, server").arg(isolated(m_current.name), server);
    setAccessibleName(tr("Server: %1").arg(name));
    setText(name.replace(QLatin1Char('&'), QStringLiteral("&&")));
    setToolTip(tr("Other servers"));
    setAccessibleDescription(tr("Shows which server this is, and opens the windows of others"));
    fill();
}

void ProfileMenu::changeEvent(QEvent* event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace prism::ui
