#include "client/ui/widgets/why_line.h"

namespace prism::ui {

WhyLine::WhyLine(const QString& name, TextRole role, QWidget* parent)
    : Text(role, Ink::Muted, parent)
{
    setObjectName(name);
    setWordWrap(true);
    hide();
}

void WhyLine::display(const QString& why)
{
    setText(why);
    setVisible(!why.isEmpty());
}

} // namespace prism::ui
