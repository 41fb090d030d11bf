#pragma once

#include "client/ui/widgets/panel.h"

namespace prism::ui {

/// A panel of sentences and a few controls, in which nothing can give room: never lower than they need at its
/// width.
class SentencesPanel : public Panel
{
    Q_OBJECT

public:
    using Panel::Panel;

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
};

} // namespace prism::ui
