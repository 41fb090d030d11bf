#include "client/ui/dashboard/dashboard_view.h"

#include "client/model/trends_model.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/alerts/alerts_panel.h"
#include "client/ui/charts/percentile_chart.h"
#include "client/ui/charts/trend_chart.h"
#include "client/ui/dashboard/check_time_panel.h"
#include "client/ui/dashboard/quality_panel.h"
#include "client/ui/dashboard/trend_panel.h"
#include "client/ui/dashboard/usage_panel.h"
#include "client/ui/theme/theme.h"

#include <QGridLayout>

#include <utility>

namespace prism::ui {

using Kind = StatCard::Kind;

namespace {

constexpr std::chrono::milliseconds drawingGap{250}; // as often as the server tells of charts

} // namespace

DashboardView::DashboardView(model::ActivityModel& activity, model::AlertsModel& alerts, QWidget* parent)
    : QWidget(parent)
    , m_cards{new StatCard(Kind::TotalChecks), new StatCard(Kind::Violations),
              new StatCard(Kind::ActiveUsers), new StatCard(Kind::AverageCheckTime)}
    , m_trend(new TrendPanel)
    , m_checkTime(new CheckTimePanel)
    , m_quality(new QualityPanel)
    , m_usage(new UsagePanel)
    , m_alerts(new AlertsPanel(alerts))
    , m_activity(new ActivityPanel(activity))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::medium);
    for (int column = 0; column < int(m_cards.size()); ++column) {
        grid->addWidget(m_cards[std::size_t(column)], 0, column);
        grid->setColumnStretch(column, 1);
    }
    grid->addWidget(m_trend, 1, 0, 1, 2);
    grid->addWidget(m_checkTime, 1, 2);
    grid->addWidget(m_quality, 1, 3);
    grid->addWidget(m_activity, 2, 0, 1, 2);
    grid->addWidget(m_usage, 2, 2);
    grid->addWidget(m_alerts, 2, 3);
    grid->setRowStretch(1, 5);
    grid->setRowStretch(2, 6);
    for (const Chart* chart : std::initializer_list<Chart*>{m_trend->chart(), m_checkTime->chart()})
        connect(chart, &Chart::saveFailed, this, &DashboardView::saveFailed);
    m_burst.setSingleShot(true);
    m_burst.setInterval(drawingGap);
    connect(&m_burst, &QTimer::timeout, this, &DashboardView::showPanels);
}

void DashboardView::display(const protocol::Dashboard& dashboard)
{
    showCards(dashboard);
    m_undrawn = dashboard;
    if (!m_burst.isActive() || m_drawn != dashboard.period)
        showPanels();
}

void DashboardView::showPanels()
{
    const std::optional<protocol::Dashboard> dashboard = std::exchange(m_undrawn, std::nullopt);
    if (!dashboard)
        return;
    m_drawn = dashboard->period;
    m_burst.start();
    m_trend->display(dashboard->violations, dashboard->period);
    m_checkTime->display(dashboard->performance);
    m_quality->display(dashboard->quality);
    m_usage->display(dashboard->usage);
}

void DashboardView::displayTrends(const model::TrendsModel& trends, protocol::Period period)
{
    using Metric = model::TrendsModel::Metric;
    for (const auto& [kind, metric] :
         {std::pair(Kind::TotalChecks, Metric::Checks), std::pair(Kind::ActiveUsers, Metric::Users),
          std::pair(Kind::AverageCheckTime, Metric::CheckTime)})
        card(kind)->displayTrend(trends.trend(metric, period).value_or(protocol::Trend()));
}

void DashboardView::displayForecast(const std::optional<protocol::ForecastReport>& forecast)
{
    m_trend->displayForecast(forecast);
}

void DashboardView::setReadOnly()
{
    m_activity->setReadOnly();
    m_alerts->setReadOnly(true);
}

void DashboardView::setReduced(bool reduced)
{
    m_activity->setReduced(reduced);
    m_alerts->setReduced(reduced);
    m_quality->setReduced(reduced);
}

void DashboardView::showCards(const protocol::Dashboard& dashboard)
{
    const protocol::Summary& summary = dashboard.summary;
    const auto change = [&](protocol::Change protocol::Changes::*which) {
        return dashboard.changes ? std::optional((*dashboard.changes).*which) : std::nullopt;
    };
    card(Kind::TotalChecks)->display({double(summary.totalChecks), change(&protocol::Changes::totalChecks)});
    card(Kind::Violations)->display({double(summary.violations), change(&protocol::Changes::violations)});
    card(Kind::Violations)->displayTrend(dashboard.violations);
    card(Kind::ActiveUsers)->display({double(summary.activeUsers), change(&protocol::Changes::activeUsers)});
    card(Kind::AverageCheckTime)->display({summary.avgCheckTime, change(&protocol::Changes::avgCheckTime)});
}

void DashboardView::setFreshness(const Freshness& numbers, const Freshness& rows)
{
    for (Panel* panel : std::initializer_list<Panel*>{m_cards[0], m_cards[1], m_cards[2], m_cards[3], m_trend,
                                                      m_checkTime, m_quality, m_usage})
        panel->setFreshness(numbers);
    for (Panel* panel : std::initializer_list<Panel*>{m_alerts, m_activity})
        panel->setFreshness(rows);
}

void DashboardView::setCheckTimeLimits(const model::CheckTimeLimits& limits)
{
    m_checkTime->setLimits(limits);
}

} // namespace prism::ui
