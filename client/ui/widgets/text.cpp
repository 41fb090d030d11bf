#include "client/ui/widgets/text.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace prism::ui {

QColor colourOf(Text::Ink ink, const Theme& theme)
{
    switch (ink) {
    case Text::Ink::Muted:
        return theme.mutedText;
    case Text::Ink::Good:
        return theme.tone(Tone::Good);
    case Text::Ink::Caution:
        return theme.tone(Tone::Caution);
    case Text::Ink::Bad:
        return theme.tone(Tone::Bad);
    case Text::Ink::Info:
        return theme.tone(Tone::Info);
    case Text::Ink::Normal:
        break;
    }
    return theme.text;
}

Text::Text(TextRole role, Ink ink, QWidget* parent)
    : QLabel(parent)
    , m_role(role)
    , m_ink(ink)
{
    // What a server sends must never be read as markup.
    setTextFormat(Qt::PlainText);
    setFont(fontFor(role));
    restyle();
}

void Text::setInk(Ink ink)
{
    if (m_ink == ink)
        return;
    m_ink = ink;
    restyle();
}

void Text::setElided(bool elided, int leastCharacters)
{
    m_elided = elided;
    m_leastCharacters = leastCharacters;
    updateGeometry();
}

QSize Text::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    if (!m_elided)
        return hint;
    return {std::min(hint.width(), fontMetrics().averageCharWidth() * m_leastCharacters), hint.height()};
}

bool Text::isCut() const
{
    return m_elided && !wordWrap() && fontMetrics().horizontalAdvance(text()) > contentsRect().width();
}

bool Text::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !isCut())
        return QLabel::event(event);
    QStringList lines{text().toHtmlEscaped(), toolTip()};
    lines.removeAll(QString());
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), lines.join(QStringLiteral("<br>")),
                       this);
    return true;
}

void Text::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (changesTheme(*event))
        restyle();
    else if (event->type() == QEvent::FontChange)
        applyFont(this, m_role);
}

void Text::paintEvent(QPaintEvent* event)
{
    if (!isCut())
        return QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(contentsRect(), int(alignment()),
                     fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
}

void Text::restyle()
{
    const QColor colour = colourOf(m_ink, Theme::of(this));
    if (palette().color(QPalette::WindowText) == colour)
        return;
    QPalette own; // of this one role alone, so that the rest goes on following the window
    own.setColor(QPalette::WindowText, colour);
    setPalette(own);
}

} // namespace prism::ui
