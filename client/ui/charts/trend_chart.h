#pragma once

#include "shared/protocol/dashboard.h"

#include <QWidget>

#include <memory>

class QCategoryAxis;
class QLineSeries;
class QAreaSeries;
class QScatterSeries;
class QValueAxis;

namespace prism::ui {

class ChartView;
class SegmentedLine;
class Text;

/// A trend over time: its values, the smoothed line, the steps that stand out, and the bucket that is still
/// running as a hollow point. The colour follows the direction, where up is for the worse. Where there is no
/// value there is no line. What it shows is said in words as its accessible description.
class TrendChart : public QWidget
{
    Q_OBJECT

public:
    explicit TrendChart(QWidget* parent = nullptr);
    ~TrendChart() override;

    void display(const protocol::Trend& trend, protocol::Period period);

    /// The chart in a sentence or two.
    QString summary() const;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void plotValues();
    void plotAxes();
    void restyle();
    QString labelOf(protocol::Timestamp start) const;

    ChartView* m_view;
    Text* m_empty;
    QCategoryAxis* m_time;
    QValueAxis* m_count;
    QLineSeries* m_areaTop;
    QAreaSeries* m_area;
    std::unique_ptr<SegmentedLine> m_values;
    std::unique_ptr<SegmentedLine> m_smoothed;
    QScatterSeries* m_steps;
    QScatterSeries* m_running;
    protocol::Trend m_trend;
    protocol::Period m_period = protocol::Period::Week;
};

} // namespace prism::ui
