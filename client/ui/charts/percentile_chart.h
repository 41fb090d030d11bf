#pragma once

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

/// Below which times checks count as fast, and as acceptable, in milliseconds.
struct TimeThresholds
{
    double fast = 10;
    double acceptable = 50;

    bool operator==(const TimeThresholds&) const = default;

    /// Good, Caution or Bad for a check time.
    Tone toneOf(double ms) const
    {
        return ms < fast ? Tone::Good : ms < acceptable ? Tone::Caution : Tone::Bad;
    }
};

/// How long checks take: average, p50, p95 and p99 as bars, each with its value above it, coloured by how
/// fast that is. Said in words as its accessible description.
class PercentileChart : public Chart
{
    Q_OBJECT

public:
    explicit PercentileChart(QWidget* parent = nullptr);

    void display(const protocol::Performance& performance);

    void setThresholds(const TimeThresholds& thresholds);
    const TimeThresholds& thresholds() const { return m_thresholds; }

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
    void placeLabels();

    QBarCategoryAxis* m_names;
    QValueAxis* m_time;
    QStackedBarSeries* m_series;
    std::array<QBarSet*, 3> m_sets; ///< Good, Caution, Bad: a bar has its height in one and 0 in the others
    std::array<QGraphicsSimpleTextItem*, barCount> m_labels;
    protocol::Performance m_performance;
    TimeThresholds m_thresholds;
};

} // namespace prism::ui
