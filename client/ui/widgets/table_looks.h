#pragma once

class QTableView;

namespace prism::ui {

/// Whole rows, no grid, quiet headings: how a table looks and is moved through in this window.
void giveTableLooks(QTableView* table);

} // namespace prism::ui
