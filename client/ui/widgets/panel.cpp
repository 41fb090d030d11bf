#include "client/ui/widgets/panel.h"

#include "client/ui/widgets/format.h"
#include "client/ui/widgets/text.h"
#include "client/ui/widgets/veil.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace prism::ui {

Panel::Panel(QWidget* parent)
    : QFrame(parent)
    , m_header(new QHBoxLayout)
    , m_title(new Text(TextRole::Heading, Text::Ink::Normal))
    , m_ageNote(new Text(TextRole::Caption, Text::Ink::Caution))
    , m_content(new QWidget)
    , m_loadingNote(new Text(TextRole::Body, Text::Ink::Muted, this))
    , m_veil(new Veil(this))
{
    constexpr int usualTitle = 24; // characters; longer ones are foreign
    m_title->setElided(true, usualTitle);
    m_ageNote->hide();
    m_loadingNote->hide();
    m_loadingNote->setAlignment(Qt::AlignCenter);
    QSizePolicy kept = m_content->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // nothing moves when the content comes
    m_content->setSizePolicy(kept);
    m_header->setSpacing(space::small);
    m_header->addWidget(m_title, 1);
    m_header->addWidget(m_ageNote);

    m_body = new QVBoxLayout(m_content);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(space::small);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::medium, space::large, space::medium);
    layout->setSpacing(space::small);
    layout->addLayout(m_header);
    layout->addWidget(m_content, 1);
    m_veil->raise();
}

QString Panel::title() const
{
    return m_title->text();
}

QString Panel::ageText() const
{
    return m_ageNote->text();
}

/// Equal columns stay equal whatever their content would like, as long as they have the room they need.
QSize Panel::sizeHint() const
{
    return {minimumSizeHint().width(), QFrame::sizeHint().height()};
}

void Panel::setTitle(const QString& title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void Panel::setFreshness(const Freshness& freshness)
{
    if (m_freshness == freshness)
        return;
    m_freshness = freshness;
    showFreshness();
}

void Panel::showFreshness()
{
    const bool named = m_freshness.stale && m_freshness.age;
    m_ageNote->setText(named ? tr("%1 old").arg(Format(locale()).age(*m_freshness.age)) : QString());
    m_ageNote->setVisible(named);
    const bool loading = m_freshness.loading && isVeiledWhileLoading();
    m_loadingNote->setText(tr("Waiting for the server…"));
    m_loadingNote->setVisible(loading);
    m_content->setVisible(!loading);
    placeVeil();
    m_veil->setVisible(m_freshness.stale);
}

void Panel::placeVeil()
{
    m_loadingNote->setGeometry(m_content->geometry());
    m_veil->setGeometry(m_content->geometry());
    m_veil->raise();
}

void Panel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    switch (event->type()) {
    case QEvent::LanguageChange:
    case QEvent::LocaleChange:
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
    case QEvent::FontChange:
        retranslate();
        showFreshness();
        update();
        break;
    default:
        break;
    }
}

void Panel::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.outline);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::cornerRadius,
                            space::cornerRadius);
}

void Panel::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    placeVeil();
}

} // namespace prism::ui
