#pragma once

#include "client/model/check_time_limits.h"
#include "client/ui/charts/chart.h"
#include "client/ui/theme/theme.h"
#include "shared/protocol/dashboard.h"

#include <array>

class QBarCategoryAxis;
class QBarSet;
class QGraphicsSimpleTextItem;
class QStackedBarSeries;
class QValueAxis;

namespace prism::ui {

/// How long checks take: average, p50, p95 and p99 as bars, each with its value above it, coloured by how
/// fast that is. Said in words as its accessible description.
class PercentileChart : public Chart
{
    Q_OBJECT

public:
    /// Good, Caution or Bad for a check time in milliseconds.
    static Tone toneOf(double ms, const model::CheckTimeLimits& limits);

    explicit PercentileChart(QWidget* parent = nullptr);

    void display(const protocol::Performance& performance);
    /// Where the colours change.
    void setLimits(const model::CheckTimeLimits& limits);
    const model::CheckTimeLimits& limits() const { return m_limits; }

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
    static constexpr int barCount = 4;
    using Values = std::array<std::optional<double>, barCount>;

    Values values() const;
    QStringList names() const;
    QString labelOf(std::optional<double> time) const;
    void placeLabels();

    QBarCategoryAxis* m_names;
    QValueAxis* m_time;
    QStackedBarSeries* m_series;
    std::array<QBarSet*, 3> m_sets; ///< Good, Caution, Bad: a bar has its height in one and 0 in the others
    std::array<QGraphicsSimpleTextItem*, barCount> m_labels; ///< the values
    std::array<QGraphicsSimpleTextItem*, barCount> m_feet;   ///< the names; the axis would cut them off early
    protocol::Performance m_performance;
    model::CheckTimeLimits m_limits;
};

} // namespace prism::ui
