#pragma once

#include <QPointF>
#include <QRectF>
#include <QStringList>
#include <QWidget>

#include <optional>

namespace prism::ui {

/// What lies over a chart without touching it: the crosshair with the value it stands at, and the part that
/// is being dragged out. Lets every click through.
class ChartOverlay : public QWidget
{
    Q_OBJECT

public:
    /// A crosshair: where it stands, and what is there; the first line is the heading.
    struct Reading
    {
        QPointF at;
        QStringList lines;

        bool operator==(const Reading&) const = default;
    };

    explicit ChartOverlay(QWidget* parent);

    /// The area that lines reach across, in its own coordinates.
    void setPlotArea(const QRectF& area);
    void setReading(const std::optional<Reading>& reading);
    const std::optional<Reading>& reading() const { return m_reading; }
    /// Nothing while nothing is dragged.
    void setDragged(const std::optional<QRectF>& area);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void paintLabel(QPainter& painter) const;

    QRectF m_plotArea;
    std::optional<Reading> m_reading;
    std::optional<QRectF> m_dragged;
};

} // namespace prism::ui
