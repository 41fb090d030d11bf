#include "client/ui/administration/role_box.h"

#include "client/ui/widgets/access_words.h"

#include <QEvent>

namespace prism::ui {

using protocol::Role;

RoleBox::RoleBox(QWidget* parent)
    : ChoiceBox(parent)
{
    for (const auto& [role, name] : protocol::roleNames)
        addItem(QString(), int(role));
    setRole(Role::Viewer);
    retranslate();
}

Role RoleBox::role() const
{
    return Role(currentData().toInt());
}

void RoleBox::setRole(Role role)
{
    setCurrentIndex(findData(int(role)));
}

void RoleBox::retranslate()
{
    for (int i = 0; i < count(); ++i)
        setItemText(i, AccessWords::role(Role(itemData(i).toInt())));
    setAccessibleName(tr("Role"));
    setAccessibleDescription(
        tr("A reporter reports, a viewer reads, an editor also changes records and marks, an "
           "admin does everything"));
}

void RoleBox::changeEvent(QEvent* event)
{
    ChoiceBox::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace prism::ui
