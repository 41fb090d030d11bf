#include "client/ui/widgets/notice_line.h"

#include "client/ui/theme/icons.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace prism::ui {

NoticeLine::NoticeLine(QWidget* parent, std::chrono::milliseconds noticeTime)
    : QWidget(parent)
    , m_text(new Text(TextRole::Body))
    , m_action(new QPushButton)
    , m_close(new QToolButton)
{
    m_text->setObjectName(QStringLiteral("notice-text"));
    m_text->setWordWrap(true);
    m_action->setObjectName(QStringLiteral("notice-action"));
    m_action->setAutoDefault(false); // in a dialog Return is for what is typed
    m_close->setObjectName(QStringLiteral("notice-close"));
    m_close->setFocusPolicy(Qt::StrongFocus);
    m_close->setProperty("plain", true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::medium, space::tiny, space::tiny, space::tiny);
    layout->setSpacing(space::small);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    m_timer.setSingleShot(true);
    m_timer.setInterval(noticeTime);
    connect(&m_timer, &QTimer::timeout, this, &NoticeLine::onTime);
    connect(m_action, &QPushButton::clicked, this, &NoticeLine::actionRequested);
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        emit dismissed();
    });
    retranslate();
    hide();
}

void NoticeLine::display(Kind kind, const QString& text, const QString& action)
{
    m_kind = kind;
    m_text->setText(text);
    m_text->setInk(kind == Kind::Trouble ? Text::Ink::Bad : Text::Ink::Normal);
    m_text->setAccessibleDescription(text);
    m_action->setText(action);
    m_action->setAccessibleName(action);
    if (action.isEmpty() && m_origin)
        yieldFocus(*m_action, *m_origin);
    m_action->setVisible(!action.isEmpty());
    show();
    update();
    m_timer.start();
}

void NoticeLine::clear()
{
    m_timer.stop();
    if (m_origin)
        yieldFocus(*this, *m_origin);
    m_text->clear();
    hide();
}

QString NoticeLine::text() const
{
    return m_text->text();
}

void NoticeLine::onTime()
{
    if (isAncestorOf(window()->focusWidget()))
        return m_timer.start(); // somebody is about to press it
    clear();
    emit dismissed();
}

void NoticeLine::retranslate()
{
    setAccessibleName(tr("Notice"));
    m_text->setAccessibleName(tr("Notice"));
    m_action->setAccessibleName(m_action->text().isEmpty() ? tr("Notice") : m_action->text());
    m_action->setAccessibleDescription(tr("What can be done about it"));
    // The same with the button and without, and with one line and two.
    m_action->ensurePolished();
    setMinimumHeight(std::max(m_action->sizeHint().height(), 2 * m_text->fontMetrics().lineSpacing()) +
                     2 * space::tiny);
    m_close->setIcon(icon(QStringLiteral("close"), Theme::of(this).mutedText));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setAccessibleDescription(tr("Takes the notice away"));
}

void NoticeLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || changesTheme(*event))
        retranslate();
}

void NoticeLine::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_kind == Kind::Trouble ? theme.toneSurface(Tone::Bad) : theme.raised);
    painter.drawRoundedRect(rect(), 8, 8);
}

} // namespace prism::ui
