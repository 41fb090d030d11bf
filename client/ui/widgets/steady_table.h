#pragma once

#include <QTableView>

namespace prism::ui {

/// A table of rows that come and go by themselves: what a person looks at stays where it is, unless the first
/// row is in view.
class SteadyTable : public QTableView
{
    Q_OBJECT

public:
    explicit SteadyTable(QWidget* parent = nullptr);

    /// This row alone, whatever keys are held.
    void choose(int row);

signals:
    void copyRequested();
    void openRequested();
    void removeRequested();

protected:
    void rowsInserted(const QModelIndex& parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end) override;
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace prism::ui
