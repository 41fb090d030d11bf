#pragma once

#include "client/ui/charts/chart.h"
#include "shared/protocol/dashboard.h"
#include "shared/protocol/forecast.h"

#include <memory>

class QAreaSeries;
class QCategoryAxis;
class QLineSeries;
class QScatterSeries;
class QValueAxis;

namespace prism::ui {

class ForecastBand;
class SegmentedLine;

/// A trend over time: its values, the smoothed line, where the level changed, the bucket that is still
/// running as a hollow point, and what is expected to come. The colour follows the direction, where up is for
/// the worse. Where there is no value there is no line. What it shows is said in words as its accessible
/// description.
class TrendChart : public Chart
{
    Q_OBJECT

public:
    explicit TrendChart(QWidget* parent = nullptr);
    ~TrendChart() override;

    void display(const protocol::Trend& trend, protocol::Period period);
    /// Shown while its period is that of the trend.
    void displayForecast(const std::optional<protocol::ForecastReport>& forecast);

    QString summary() const override;
    ChartTable table() const override;

protected:
    int pointCount() const override;
    int pointAt(double across) const override;
    QPointF positionOf(int point) const override;
    QStringList readingOf(int point) const override;
    double zoomPlaceOf(int point) const override;
    void refresh() override;
    void plotAxes() override;
    void restyle() override;

private:
    /// Empty where it belongs to another period, and where nothing is expected.
    protocol::ForecastReport forecast() const;
    QList<protocol::ChangePoint> changePoints() const;
    void plotValues();
    void plotTimeLabels();
    /// Of a bucket, also of one to come.
    protocol::Timestamp startOf(qsizetype bucket) const;
    QString labelOf(protocol::Timestamp start) const;
    QString forecastText(const protocol::ForecastStep& step) const;

    QCategoryAxis* m_time;
    QValueAxis* m_count;
    QLineSeries* m_areaTop;
    QAreaSeries* m_area;
    std::unique_ptr<ForecastBand> m_band;
    std::unique_ptr<SegmentedLine> m_values;
    std::unique_ptr<SegmentedLine> m_smoothed;
    QScatterSeries* m_steps;
    QScatterSeries* m_running;
    protocol::Trend m_trend;
    protocol::Period m_period = protocol::Period::Week;
    std::optional<protocol::ForecastReport> m_forecast;
};

} // namespace prism::ui
