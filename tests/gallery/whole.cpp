#include "tests/gallery/whole.h"

#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/dashboard/stat_card.h"
#include "client/ui/dashboard/time_travel_bar.h"
#include "client/ui/theme/theme.h"
#include "client/ui/window/connection_badge.h"
#include "client/ui/window/header_bar.h"
#include "client/ui/window/period_selector.h"
#include "client/ui/window/status_line.h"
#include "client/ui/window/wall_mode.h"
#include "tests/gallery/made_up.h"

#include <QApplication>
#include <QVBoxLayout>

namespace prism::gallery {

using namespace std::chrono_literals;
using protocol::Period;

namespace {

ui::Connection connectionIn(State state)
{
    const protocol::Timestamp lost = protocol::fromMillis(1'770'474'000'000);
    switch (state) {
    case State::Loading:
        return {};
    case State::Stale:
        return {.state = net::FeedState::Polling, .dataAge = 18s, .lostSince = lost, .retryIn = 5s};
    case State::Offline:
        return {.state = net::FeedState::Offline, .dataAge = 340s, .lostSince = lost, .retryIn = 5s};
    default:
        return {.state = net::FeedState::Live, .behind = 3ms};
    }
}

Amount amountIn(State state)
{
    return state == State::Empty ? Amount::Nothing : state == State::Much ? Amount::Much : Amount::Usual;
}

} // namespace

Whole::Whole(State state, QWidget* parent)
    : QWidget(parent)
    , m_activity(net::Options())
    , m_usualFont(QApplication::font())
{
    if (state == State::Wall) {
        QFont larger = m_usualFont;
        larger.setPointSizeF(m_usualFont.pointSizeF() * ui::WallMode::typeScale(1080));
        QApplication::setFont(larger);
    }
    auto* header = new ui::HeaderBar(QUrl(QStringLiteral("http://127.0.0.1:3000")));
    auto* view = new ui::DashboardView(m_activity, m_alerts);
    auto* status = new ui::StatusLine(nullptr, 1h);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(ui::space::medium);
    layout->addWidget(header);
    if (state == State::Past) {
        auto* bar = new ui::TimeTravelBar;
        bar->display(protocol::now() - 100h);
        layout->addWidget(bar);
    }
    layout->addWidget(view, 1);
    layout->addWidget(status);

    header->setLanguage(QLocale());
    header->periods()->setPeriod(Period::Month);
    header->connection()->display(connectionIn(state));
    if (state == State::Loading) {
        view->setFreshness({false, {}, true}, {false, {}, true});
        return;
    }
    const protocol::Dashboard dashboard = madeUpDashboard(Period::Month, amountIn(state));
    view->display(dashboard);
    for (const auto& [kind, direction] :
         {std::pair(ui::StatCard::Kind::TotalChecks, protocol::Direction::Up),
          std::pair(ui::StatCard::Kind::ActiveUsers, protocol::Direction::Stable),
          std::pair(ui::StatCard::Kind::AverageCheckTime, protocol::Direction::Down)}) {
        if (state != State::Empty)
            view->card(kind)->displayTrend(madeUpCourse(int(kind), direction));
    }
    if (state != State::Empty)
        view->displayForecast(madeUpForecast(Period::Month, amountIn(state)));
    m_alerts.merge(dashboard.alerts);
    m_activity.replace(madeUpEvents(state == State::Empty ? 0 : state == State::Much ? 3'000 : 24));
    status->setCompleteness(protocol::fromMillis(1'770'472'200'000), {});
    if (state == State::Stale || state == State::Offline)
        view->setFreshness({true, {}}, {true, {}}); // the badge says how old
    if (state == State::Wall) {
        header->setReduced(true);
        view->setReduced(true);
        status->hide();
    }
    if (state == State::Failing) {
        view->setFreshness({true, 45s}, {true, 45s});
        status->displayError({protocol::ErrorCode::Internal, QStringLiteral("The disk is full."), {}});
    }
}

Whole::~Whole()
{
    QApplication::setFont(m_usualFont);
}

} // namespace prism::gallery
