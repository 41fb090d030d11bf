#include "tests/gallery/scenes.h"

#include "client/model/activity_model.h"
#include "client/model/alerts_model.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/alerts/alerts_panel.h"
#include "client/ui/charts/chart_table_dialog.h"
#include "client/ui/charts/percentile_chart.h"
#include "client/ui/charts/trend_chart.h"
#include "client/ui/dashboard/check_time_panel.h"
#include "client/ui/dashboard/quality_panel.h"
#include "client/ui/dashboard/stat_card.h"
#include "client/ui/dashboard/trend_panel.h"
#include "client/ui/dashboard/usage_panel.h"
#include "client/ui/window/connection_badge.h"
#include "tests/gallery/made_up.h"

#include <QVBoxLayout>

namespace prism::gallery {

using protocol::Period;
using ui::StatCard;

namespace {

constexpr QSize cardSize(320, 120), panelSize(340, 380), widePanel(680, 380);

/// A widget with something it borrows, which lives as long.
template <typename W, typename M>
std::unique_ptr<QWidget> withModel(std::unique_ptr<M> model)
{
    auto widget = std::make_unique<W>(*model);
    model.release()->setParent(widget.get());
    return widget;
}

Scene card(const QString& name, StatCard::Kind kind, const std::optional<ui::Stat>& stat,
           protocol::Direction direction = protocol::Direction::Stable)
{
    return {name, cardSize, [kind, stat, direction] {
                auto made = std::make_unique<StatCard>(kind);
                if (!stat)
                    return made;
                made->display(*stat);
                protocol::Trend trend = madeUpDashboard(Period::Month).violations;
                trend.heading = protocol::Heading{direction, 0, 0.99};
                trend.points[9].value.reset();
                made->displayTrend(trend);
                return made;
            }};
}

QList<Scene> cards()
{
    using protocol::Change;
    using protocol::Direction;
    using protocol::Verdict;
    return {card(QStringLiteral("card-loading"), StatCard::Kind::Violations, {}),
            card(QStringLiteral("card-worse"), StatCard::Kind::Violations,
                 ui::Stat{612, Change{540, 72, 13.3, {Verdict::Worse, {}, spanBefore()}}}, Direction::Up),
            card(QStringLiteral("card-better"), StatCard::Kind::AverageCheckTime,
                 ui::Stat{11.4, Change{12.1, -0.7, -5.8, {Verdict::Better, {}, spanBefore()}}},
                 Direction::Down),
            card(QStringLiteral("card-unchanged"), StatCard::Kind::ActiveUsers,
                 ui::Stat{38, Change{38, 0, 0, {Verdict::Same, {}, spanBefore()}}}),
            card(QStringLiteral("card-nothing-to-compare"), StatCard::Kind::TotalChecks,
                 ui::Stat{98'234'112, std::nullopt})};
}

Scene trend(const QString& name, Period period, Amount amount)
{
    return {name, widePanel, [period, amount] {
                auto panel = std::make_unique<ui::TrendPanel>();
                panel->display(madeUpDashboard(period, amount).violations, period);
                if (amount != Amount::Nothing)
                    panel->displayForecast(madeUpForecast(period, amount));
                return panel;
            }};
}

QList<Scene> panels()
{
    QList<Scene> all{
        trend(QStringLiteral("trend-empty"), Period::Week, Amount::Nothing),
        trend(QStringLiteral("trend-today"), Period::Today, Amount::Usual),
        trend(QStringLiteral("trend-week"), Period::Week, Amount::Usual),
        trend(QStringLiteral("trend-month"), Period::Month, Amount::Usual),
        trend(QStringLiteral("trend-year"), Period::Year, Amount::Much),
        trend(QStringLiteral("trend-all"), Period::All, Amount::Usual),
    };
    for (const Amount amount : {Amount::Nothing, Amount::Usual, Amount::Much}) {
        const QString suffix = amount == Amount::Nothing ? QStringLiteral("-empty")
                               : amount == Amount::Usual ? QString()
                                                         : QStringLiteral("-much");
        const protocol::Dashboard dashboard = madeUpDashboard(Period::Month, amount);
        all.append({QStringLiteral("check-time") + suffix, panelSize, [dashboard] {
                        auto panel = std::make_unique<ui::CheckTimePanel>();
                        panel->display(dashboard.performance);
                        return panel;
                    }});
        all.append({QStringLiteral("quality") + suffix, panelSize, [dashboard] {
                        auto panel = std::make_unique<ui::QualityPanel>();
                        panel->display(dashboard.quality);
                        return panel;
                    }});
        all.append({QStringLiteral("usage") + suffix, panelSize, [dashboard] {
                        auto panel = std::make_unique<ui::UsagePanel>();
                        panel->display(dashboard.usage);
                        return panel;
                    }});
        all.append({QStringLiteral("alerts") + suffix, panelSize, [dashboard] {
                        auto alerts = std::make_unique<model::AlertsModel>();
                        alerts->merge(dashboard.alerts);
                        return withModel<ui::AlertsPanel>(std::move(alerts));
                    }});
        const int events = amount == Amount::Nothing ? 0 : amount == Amount::Usual ? 14 : 2'000;
        all.append({QStringLiteral("activity") + suffix, widePanel, [events] {
                        auto activity = std::make_unique<model::ActivityModel>(net::Options());
                        activity->replace(madeUpEvents(events));
                        return withModel<ui::ActivityPanel>(std::move(activity));
                    }});
    }
    return all;
}

/// The badge in each of its states, one below the other.
std::unique_ptr<QWidget> connections()
{
    using namespace std::chrono_literals;
    const protocol::Timestamp lost = protocol::fromMillis(1'770'474'000'000);
    auto all = std::make_unique<QWidget>();
    auto* layout = new QVBoxLayout(all.get());
    const QList<ui::Connection> states{
        {},
        {.state = net::FeedState::Live, .behind = 12ms},
        {.state = net::FeedState::Polling, .dataAge = 18s, .lostSince = lost, .retryIn = 5s},
        {.state = net::FeedState::Polling, .refused = true},
        {.state = net::FeedState::Offline, .dataAge = 18s, .lostSince = lost, .retryIn = 5s},
        {.state = net::FeedState::Offline, .lostSince = lost}};
    for (const ui::Connection& state : states) {
        auto* badge = new ui::ConnectionBadge;
        badge->display(state);
        layout->addWidget(badge);
    }
    return all;
}

/// What a person does to charts.
QList<Scene> charts()
{
    const auto month = [] {
        auto chart = std::make_unique<ui::TrendChart>();
        chart->display(madeUpDashboard(Period::Month).violations, Period::Month);
        chart->displayForecast(madeUpForecast(Period::Month));
        return chart;
    };
    return {{QStringLiteral("chart-crosshair"), widePanel,
             [month] {
                 auto chart = month();
                 chart->moveReading(20);
                 return chart;
             }},
            {QStringLiteral("chart-expected"), widePanel,
             [month] {
                 auto chart = month();
                 chart->moveReading(33);
                 return chart;
             }},
            {QStringLiteral("chart-zoomed"), widePanel,
             [month] {
                 auto chart = month();
                 chart->zoomTo(12, 24);
                 return chart;
             }},
            {QStringLiteral("chart-bars"), panelSize,
             [] {
                 auto chart = std::make_unique<ui::PercentileChart>();
                 chart->display(madeUpDashboard(Period::Month).performance);
                 chart->moveReading(2);
                 return chart;
             }},
            {QStringLiteral("chart-table"), widePanel, [month] {
                 auto dialog = std::make_unique<ui::ChartTableDialog>(QString(), month()->table());
                 dialog->setWindowFlags(Qt::Widget);
                 return dialog;
             }}};
}

} // namespace

QList<Scene> scenes()
{
    return cards() + panels() + charts() +
           QList<Scene>{{QStringLiteral("connection"), {420, 320}, connections}};
}

} // namespace prism::gallery
