#include "client/ui/records/choice_card.h"

#include "client/ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextDocument>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace prism::ui {

namespace {

constexpr int markSide = 14;
constexpr int textLeft = space::medium + markSide + space::small;

QTextOption wholeWordsFirst()
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return option;
}

} // namespace

ChoiceCard::ChoiceCard(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

std::unique_ptr<QTextDocument> ChoiceCard::laidOut(int width) const
{
    auto document = std::make_unique<QTextDocument>();
    document->setDocumentMargin(0);
    document->setDefaultFont(font());
    document->setDefaultTextOption(wholeWordsFirst());
    document->setPlainText(text());
    document->setTextWidth(std::max(width - textLeft - space::medium, 1));
    return document;
}

int ChoiceCard::heightForWidth(int width) const
{
    return int(std::ceil(laidOut(width)->size().height())) + 2 * space::small;
}

QSize ChoiceCard::sizeHint() const
{
    constexpr int usualWidth = 220;
    return {usualWidth, heightForWidth(usualWidth)};
}

QSize ChoiceCard::minimumSizeHint() const
{
    return {120, fontMetrics().height() + 2 * space::small};
}

void ChoiceCard::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool strong = isChecked() || hasFocus();
    painter.setPen(QPen(strong ? theme.accent : theme.outline, hasFocus() ? 2 : 1));
    painter.setBrush(isChecked() ? theme.toneSurface(Tone::Info) : theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);

    const int middle = space::small + fontMetrics().height() / 2;
    const QRectF mark(space::medium, middle - markSide / 2.0, markSide, markSide);
    painter.setPen(QPen(isChecked() ? theme.accent : theme.mutedText, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(mark);
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent);
        painter.drawEllipse(mark.adjusted(3.5, 3.5, -3.5, -3.5));
    }
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, theme.text);
    painter.translate(textLeft, space::small);
    laidOut(width())->documentLayout()->draw(&painter, context);
}

} // namespace prism::ui
