#pragma once

#include "client/model/check_time_limits.h"
#include "client/ui/theme/theme.h"
#include "shared/protocol/dashboard.h"

#include <QWidget>

#include <array>

class QBarCategoryAxis;
class QBarSet;
class QGraphicsSimpleTextItem;
class QStackedBarSeries;
class QValueAxis;

namespace prism::ui {

class ChartView;
class Text;

/// How long checks take: average, p50, p95 and p99 as bars, each with its value above it, coloured by how
/// fast that is. Said in words as its accessible description.
class PercentileChart : public QWidget
{
    Q_OBJECT

public:
    /// Good, Caution or Bad for a check time in milliseconds.
    static Tone toneOf(double ms, const model::CheckTimeLimits& limits);

    explicit PercentileChart(QWidget* parent = nullptr);

    void display(const protocol::Performance& performance);
    void setLimits(const model::CheckTimeLimits& limits);

    /// The chart in a sentence.
    QString summary() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    static constexpr int barCount = 4;
    using Values = std::array<std::optional<double>, barCount>;

    Values values() const;
    QStringList names() const;
    void refresh();
    void placeLabels();
    void restyle();

    ChartView* m_view;
    Text* m_empty;
    QBarCategoryAxis* m_names;
    QValueAxis* m_time;
    QStackedBarSeries* m_series;
    std::array<QBarSet*, 3> m_sets; ///< Good, Caution, Bad: a bar has its height in one and 0 in the others
    std::array<QGraphicsSimpleTextItem*, barCount> m_labels;
    protocol::Performance m_performance;
    model::CheckTimeLimits m_limits;
};

} // namespace prism::ui
