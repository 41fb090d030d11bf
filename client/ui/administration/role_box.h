#pragma once

#include "client/ui/widgets/choice_box.h"
#include "shared/protocol/role.h"

namespace prism::ui {

/// A choice of the roles that somebody can be given; a viewer's at first.
class RoleBox : public ChoiceBox
{
    Q_OBJECT

public:
    explicit RoleBox(QWidget* parent = nullptr);

    protocol::Role role() const;
    void setRole(protocol::Role role);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
};

} // namespace prism::ui
