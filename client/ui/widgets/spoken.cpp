#include "client/ui/widgets/spoken.h"

#include <QLineEdit>

namespace prism::ui {

void giveSpoken(QWidget& field, const QString& name, const QString& description)
{
    for (QWidget* each : {&field, static_cast<QWidget*>(field.findChild<QLineEdit*>())}) {
        if (!each)
            continue;
        each->setAccessibleName(name);
        each->setAccessibleDescription(description);
    }
}

} // namespace prism::ui
