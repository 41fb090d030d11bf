#pragma once

#include "client/ui/charts/chart_table.h"
#include "client/ui/charts/zoom_range.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QStackedLayout;

namespace prism::ui {

class ChartView;
class Text;

/// What our charts have in common: a crosshair that a pointer or the arrow keys move from point to point, a
/// part to look at closer (Ctrl+wheel, dragging, + and −; a double click or 0 shows all again), a context
/// menu, and the same in words and as a table. Those who derive draw, and say what is where. Qt Charts stays
/// behind this class and its heirs.
class Chart : public QWidget
{
    Q_OBJECT

public:
    /// The chart in a sentence or two.
    virtual QString summary() const = 0;
    /// Everything the chart shows, whatever part is looked at.
    virtual ChartTable table() const = 0;

    bool isZoomed() const { return m_zoom.isZoomed(); }
    void resetZoom();
    /// The part from one place of the zoomed axis to another.
    void zoomTo(double from, double to);

    /// The point the crosshair stands at and what it says; empty without one.
    QStringList reading() const;
    void moveReading(std::optional<int> point);

    /// Draws what is looked at, as it is on the screen, without the crosshair.
    void drawOn(QPainter& painter);

signals:
    /// A file that was asked for could not be written.
    void saveFailed(const QString& path);

protected:
    Chart(Qt::Orientation zoomed, QWidget* parent);

    ChartView* view() const { return m_view; }
    ZoomRange& zoom() { return m_zoom; }
    const ZoomRange& zoom() const { return m_zoom; }

    /// The words shown instead of an empty chart; none when there is something to see.
    void showEmptyNote(const QString& note);
    /// To be called when data, size or words changed: crosshair and accessible text follow.
    void updateReading();

    virtual int pointCount() const = 0;
    /// The point that a place of the plot area (0 to 1) belongs to.
    virtual int pointAt(double across) const = 0;
    /// Where the crosshair stands for it, in the view's coordinates.
    virtual QPointF positionOf(int point) const = 0;
    /// A heading, and a line for each value.
    virtual QStringList readingOf(int point) const = 0;
    /// Where along the zoomed axis it is.
    virtual double zoomPlaceOf(int point) const = 0;
    /// Everything, by data and locale.
    virtual void refresh() = 0;
    /// The part looked at changed.
    virtual void plotAxes() = 0;
    /// Colours and fonts of the theme.
    virtual void restyle() = 0;

    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    bool stepReading(int key);
    void zoomChanged();
    double zoomValueAt(double place) const;

    ChartView* m_view;
    Text* m_empty;
    QStackedLayout* m_pages;
    ZoomRange m_zoom;
    bool m_cameByKey = false;   ///< then the focus is shown
    std::optional<int> m_point; ///< where the crosshair stands
};

} // namespace prism::ui
