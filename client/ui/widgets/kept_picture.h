#pragma once

#include <QDate>
#include <QObject>
#include <QSize>

class QTableView;

namespace prism::ui {

/// Rows that come at the top of a table move the picture of the others, and rows that go below what is seen
/// leave it alone, where Qt would paint all of them anew. What rows say may change with the day. Made when
/// the view has its model, on which it relies to tell the view first; belongs to the view, which paints its
/// background itself. Lives on the GUI thread.
class KeptPicture : public QObject
{
    Q_OBJECT

public:
    explicit KeptPicture(QTableView& view);

private:
    bool isBelow(int row) const;
    void begin(bool keeps);
    void end(int added);

    QTableView& m_view;
    bool m_keeps = false; ///< between the two, the view paints nothing
    QSize m_size;
    QDate m_day; ///< when all was painted last
};

} // namespace prism::ui
