#include "client/ui/theme/style_sheet.h"

#include "client/ui/theme/theme.h"

#include <QFontMetrics>
#include <QPalette>
#include <QString>

#include <algorithm>

namespace prism::ui {

namespace {

// Each %name% is replaced by a colour of the theme, %line% by the height of a line. A min-height takes the
// place of a widget's own least size, so it must never be below that; of a tool button it always is. What is
// typed into has the palette's colour: from one that stands here Qt makes that of the placeholder, too faint
// to be read.
constexpr QLatin1String controls(R"(
QPushButton, QToolButton, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit {
    background: %raised%; border: 1px solid %outline%; border-radius: 6px; padding: 4px 10px;
}
QPushButton, QToolButton, QComboBox { color: %text%; }
QPushButton, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit { min-height: %line%px; }
QToolButton { padding: 5px 10px; }
QLineEdit { background: %surface%; padding: 4px 6px; selection-background-color: %accent%; selection-color: %onAccent%; }
QAbstractSpinBox, QPlainTextEdit {
    background: %surface%; padding: 4px 6px; selection-background-color: %accent%; selection-color: %onAccent%;
}
QPlainTextEdit { padding: 2px; }
QAbstractSpinBox > QLineEdit, QComboBox > QLineEdit { min-height: 0; }
QListView[framed="true"] { background: %surface%; border: 1px solid %outline%; border-radius: 6px; padding: 4px; }
QListView::indicator, QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid %mutedText%; border-radius: 4px; background: %surface%;
}
QListView::indicator { width: 12px; height: 12px; }
QListView::indicator:checked, QCheckBox::indicator:checked {
    background: %accent%; border-color: %accent%; image: url(:/prism/icons/check-%variant%.svg);
}
QCheckBox { spacing: 8px; border: 1px solid transparent; border-radius: 6px; padding: 3px; }
QCheckBox:focus { border-color: %accent%; }
QListView[framed="true"]:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus { border: 1px solid %accent%; }
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled, QLineEdit:disabled, QAbstractSpinBox:disabled,
QPlainTextEdit:disabled { color: %mutedText%; background: transparent; }
QToolButton[page="true"] {
    background: transparent; color: %mutedText%; border: 1px solid transparent; border-radius: 8px; padding: 6px 4px;
}
QToolButton[page="true"]:hover { color: %text%; }
QToolButton[page="true"]:checked { background: %raised%; color: %accent%; border-color: transparent; }
QToolButton[page="true"]:focus { border-color: %accent%; }
QToolButton[plain="true"] { background: transparent; border: 1px solid transparent; padding: 2px; }
QToolButton[plain="true"]:focus { border-color: %accent%; }
QDateTimeEdit { background: %surface%; padding: 4px 26px 4px 8px; selection-background-color: %accent%; selection-color: %onAccent%; }
QDateTimeEdit > QLineEdit { border: none; padding: 0; background: transparent; }
QDateTimeEdit::drop-down { border: none; width: 22px; }
QDateTimeEdit::down-arrow { image: url(:/prism/icons/chevron-%variant%.svg); width: 10px; height: 10px; }
QDateTimeEdit:focus { border: 1px solid %accent%; }
QToolButton:checked { background: %surface%; border-color: %accent%; }
QToolButton:checked:focus { border-width: 2px; padding: 4px 9px; }
QToolButton[page="true"]:checked:focus { border: 1px solid %accent%; padding: 6px 4px; }
QSlider::groove:horizontal { height: 6px; border-radius: 3px; background: %mutedText%; }
QSlider::handle:horizontal { width: 16px; height: 16px; margin: -6px 0; border-radius: 8px; background: %surface%; border: 2px solid %accent%; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: %accent%; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: %raised%; }
QCalendarWidget QToolButton { border: none; padding: 4px; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QAbstractItemView {
    background: %surface%; color: %text%; outline: none;
    selection-background-color: %accent%; selection-color: %onAccent%;
}
QLineEdit > QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QPushButton:hover, QToolButton:hover, QComboBox:hover { border-color: %mutedText%; }
QPushButton:pressed, QToolButton:pressed { background: %outline%; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus { border: 1px solid %accent%; }
QComboBox { padding-right: 22px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/prism/icons/chevron-%variant%.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView {
    background: %surface%; color: %text%; border: 1px solid %outline%; padding: 4px; outline: none;
    selection-background-color: %raised%; selection-color: %text%;
}
QPushButton[segment="true"] {
    background: transparent; color: %mutedText%; border: 1px solid transparent; padding: 4px 9px;
}
QPushButton[segment="true"]:hover { color: %text%; }
QPushButton[segment="true"]:checked { background: %surface%; color: %accent%; border-color: %outline%; }
QPushButton[segment="true"]:focus { border-color: %accent%; }
QPushButton[primary="true"] { background: %accent%; color: %onAccent%; border-color: %accent%; }
QPushButton[primary="true"]:disabled { background: transparent; color: %mutedText%; border-color: %outline%; }
QPushButton[primary="true"]:focus { border-color: %text%; }
)");

// A rule for the items, or Qt has the style below draw them, with its own box around the one in use and its
// own mark beneath each that is checked.
constexpr QLatin1String views(R"(
QTableView, QListView, QTreeView {
    background: transparent; color: %text%; border: none; outline: none;
    selection-background-color: %raised%; selection-color: %text%;
}
QTableView:focus, QListView:focus, QTreeView:focus { border: none; }
QTableView::item, QListView::item, QTreeView::item { border: none; }
QListView::item { padding: 3px 2px; }
QTableView::item { border-left: 2px solid transparent; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected,
QTableView::item:focus, QListView::item:focus, QTreeView::item:focus { background: %raised%; color: %text%; }
QTableView::item:focus { border-left-color: %accent%; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; color: %mutedText%; border: none; border-bottom: 1px solid %outline%;
    padding: 4px 4px;
}
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: %outline%; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: %mutedText%; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: %surface%; color: %text%; border: 1px solid %outline%; padding: 4px; }
QMenu::item { padding: 4px 20px; border-radius: 4px; }
QMenu::item:selected { background: %raised%; }
QMenu::item:disabled { color: %mutedText%; }
QCalendarWidget QTableView::item, QCalendarWidget QTableView::item:focus { border: none; }
QCalendarWidget QTableView::item:selected { background: %accent%; color: %onAccent%; }
QToolTip { background: %surface%; color: %text%; border: 1px solid %outline%; padding: 4px; }
)");

} // namespace

QPalette paletteFor(const Theme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.canvas);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::AlternateBase, theme.raised);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.mutedText);
    palette.setColor(QPalette::Button, theme.raised);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::ToolTipBase, theme.surface);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Link, theme.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.mutedText);
    return palette;
}

QString styleSheetFor(const Theme& theme)
{
    QString sheet = QString(controls) + views;
    const std::pair<QLatin1String, QColor> colours[] = {
        {QLatin1String("%surface%"), theme.surface},     {QLatin1String("%raised%"), theme.raised},
        {QLatin1String("%outline%"), theme.outline},     {QLatin1String("%text%"), theme.text},
        {QLatin1String("%mutedText%"), theme.mutedText}, {QLatin1String("%accent%"), theme.accent},
        {QLatin1String("%onAccent%"), theme.onAccent}};
    for (const auto& [name, colour] : colours)
        sheet.replace(name, colour.name());
    const int line = std::max(QFontMetrics(fontFor(TextRole::Body)).height() + 2, 20);
    sheet.replace(QLatin1String("%line%"), QString::number(line));
    return sheet.replace(QLatin1String("%variant%"),
                         theme.dark ? QLatin1String("dark") : QLatin1String("light"));
}

} // namespace prism::ui
