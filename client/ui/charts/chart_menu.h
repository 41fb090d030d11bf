#pragma once

#include <QMenu>

namespace prism::ui {

class Chart;

/// What a person can take away from a chart: its picture, its numbers. Borrows the chart. Closes itself and
/// is gone then; questions about files are asked without blocking the window.
class ChartMenu : public QMenu
{
    Q_OBJECT

public:
    enum class Format { Png, Svg, Csv };

    explicit ChartMenu(Chart& chart, QWidget* parent = nullptr);

    void copyPicture();
    void showTable();
    /// Asks where to.
    void save(Format format);

    /// False when the file could not be written.
    static bool write(Chart& chart, Format format, const QString& path);

private:
    QAction* add(const QString& name, const QString& text);

    Chart& m_chart;
};

} // namespace prism::ui
