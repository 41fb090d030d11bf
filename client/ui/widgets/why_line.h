#pragma once

#include "client/ui/widgets/text.h"

namespace prism::ui {

/// Why something in a panel cannot be changed, in a sentence; not there while it can.
class WhyLine : public Text
{
    Q_OBJECT

public:
    /// `name` is the object's.
    WhyLine(const QString& name, TextRole role, QWidget* parent = nullptr);

    /// Empty: it can.
    void display(const QString& why);
};

} // namespace prism::ui
