#pragma once

#include "client/model/check_time_limits.h"
#include "client/ui/dashboard/stat_card.h"
#include "client/ui/widgets/panel.h"
#include "shared/protocol/forecast.h"

#include <QTimer>

#include <array>

namespace prism::model {
class ActivityModel;
class AlertsModel;
class TrendsModel;
} // namespace prism::model

namespace prism::ui {

class ActivityPanel;
class AlertsPanel;
class CheckTimePanel;
class QualityPanel;
class TrendPanel;
class UsagePanel;

/// The cards and panels of one period, in their grid. Shows what it is given; borrows the two list models.
class DashboardView : public QWidget
{
    Q_OBJECT

public:
    DashboardView(model::ActivityModel& activity, model::AlertsModel& alerts, QWidget* parent = nullptr);

    /// The cards at once. What takes longer to draw, too, but of a burst only a few times a second; the last
    /// is always drawn.
    void display(const protocol::Dashboard& dashboard);
    /// The small lines of the cards.
    void displayTrends(const model::TrendsModel& trends, protocol::Period period);
    void displayForecast(const std::optional<protocol::ForecastReport>& forecast);
    /// Of the numbers, and of the rows of activity and alerts.
    void setFreshness(const Freshness& numbers, const Freshness& rows);

    void setCheckTimeLimits(const model::CheckTimeLimits& limits);
    /// For the past, where nothing can be changed: without the controls that do.
    void setReadOnly();
    /// For a wall: nothing to operate.
    void setReduced(bool reduced);

    StatCard* card(StatCard::Kind kind) const { return m_cards[std::size_t(kind)]; }
    ActivityPanel* activity() const { return m_activity; }
    AlertsPanel* alerts() const { return m_alerts; }
    TrendPanel* trend() const { return m_trend; }
    CheckTimePanel* checkTime() const { return m_checkTime; }

signals:
    /// A file that somebody asked for could not be written.
    void saveFailed(const QString& path);

private:
    void showCards(const protocol::Dashboard& dashboard);
    void showPanels();

    std::array<StatCard*, 4> m_cards;
    TrendPanel* m_trend;
    CheckTimePanel* m_checkTime;
    QualityPanel* m_quality;
    UsagePanel* m_usage;
    AlertsPanel* m_alerts;
    ActivityPanel* m_activity;
    QTimer m_burst;                               ///< since the panels were drawn
    std::optional<protocol::Dashboard> m_undrawn; ///< by the panels
    std::optional<protocol::Period> m_drawn;      ///< the period that they show
};

} // namespace prism::ui
