#pragma once

#include <QList>
#include <QObject>
#include <QVariant>

class QTableView;

namespace prism::ui {

/// Keeps what is selected in a table whose rows count one by one when it scrolls, and what is at its top,
/// while the model is filled anew. Rows are known again by what they say in some roles. Belongs to the view.
class KeptSelection : public QObject
{
    Q_OBJECT

public:
    /// The view has its model already.
    KeptSelection(QTableView& view, const QList<int>& roles);

private:
    using Key = QVariantList;

    void note();
    void restore();
    Key keyOf(int row) const;

    QTableView& m_view;
    const QList<int> m_roles;
    QList<Key> m_selected;
    Key m_current;
    Key m_top; ///< empty: the first row, whichever that is
};

} // namespace prism::ui
