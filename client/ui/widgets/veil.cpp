#include "client/ui/widgets/veil.h"

#include "client/ui/theme/theme.h"

#include <QPainter>

namespace prism::ui {

Veil::Veil(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void Veil::paintEvent(QPaintEvent*)
{
    QColor colour = Theme::of(this).surface;
    colour.setAlphaF(0.25F); // what is small and muted can still be read
    QPainter(this).fillRect(rect(), colour);
}

} // namespace prism::ui
