#pragma once

#include <QPaintEvent>
#include <QRect>

class QAbstractItemView;

namespace prism::ui {

/// As much of the viewport as is to be painted: all of it, and where nobody can scroll, on a wall, no row of
/// which only a part would be seen.
QRect wholeRows(const QAbstractItemView& view);

/// A view that ends with a whole row where nobody can scroll.
template <typename View>
class WithWholeRows : public View
{
public:
    using View::View;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPaintEvent whole(event->region() & wholeRows(*this));
        View::paintEvent(&whole);
    }
};

} // namespace prism::ui
