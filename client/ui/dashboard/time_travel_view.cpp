#include "client/ui/dashboard/time_travel_view.h"

#include "client/model/workspace.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/dashboard/time_travel_bar.h"
#include "client/ui/theme/theme.h"

#include <QStackedLayout>
#include <QVBoxLayout>

#include <utility>

namespace prism::ui {

TimeTravelView::TimeTravelView(model::Workspace& workspace, DashboardView* live, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_bar(new TimeTravelBar)
    , m_live(live)
    , m_views(new QStackedLayout)
{
    m_views->addWidget(m_live);
    m_bar->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(space::medium);
    layout->addWidget(m_bar);
    layout->addLayout(m_views, 1);

    model::TimeTravel& travel = m_workspace.timeTravel();
    connect(m_bar, &TimeTravelBar::momentChosen, this, [this](protocol::Timestamp at) {
        m_workspace.timeTravel().goTo(at, m_workspace.dashboard().period());
    });
    connect(m_bar, &TimeTravelBar::liveChosen, this, &TimeTravelView::goLive);
    connect(&travel, &model::TimeTravel::moved, this, &TimeTravelView::onMoved);
    connect(&travel, &model::TimeTravel::changed, this, &TimeTravelView::showPast);
    connect(&travel, &model::TimeTravel::failed, this, &TimeTravelView::failed);
    connect(&travel.trends(), &model::TrendsModel::changed, this, &TimeTravelView::showPast);
    connect(&travel.forecast(), &model::ForecastModel::changed, this, &TimeTravelView::showPast);
}

void TimeTravelView::setBarVisible(bool visible)
{
    if (visible == isBarVisible())
        return;
    if (!visible)
        goLive();
    m_bar->setVisible(visible);
    if (visible)
        m_bar->display({});
    emit barVisibleChanged(visible);
}

bool TimeTravelView::isBarVisible() const
{
    return m_bar->isVisibleTo(this);
}

void TimeTravelView::goLive()
{
    m_workspace.timeTravel().leave();
}

void TimeTravelView::setCheckTimeLimits(const model::CheckTimeLimits& limits)
{
    m_limits = limits;
    for (DashboardView* view : {m_live, m_past}) {
        if (view)
            view->setCheckTimeLimits(limits);
    }
}

void TimeTravelView::setReduced(bool reduced)
{
    m_reduced = reduced;
    for (DashboardView* view : {m_live, m_past}) {
        if (view)
            view->setReduced(reduced);
    }
}

void TimeTravelView::onMoved()
{
    model::TimeTravel& travel = m_workspace.timeTravel();
    m_bar->display(travel.at());
    if (travel.at() && !m_past) {
        m_past = new DashboardView(travel.activity(), travel.alerts(), this);
        m_past->setReadOnly();
        m_past->setProperty("remembered", false); // the live one is, under the same names
        m_past->setReduced(m_reduced);
        m_past->activity()->narrow(m_live->activity()->narrowing());
        m_past->setCheckTimeLimits(m_limits);
        m_views->addWidget(m_past);
        m_views->setCurrentWidget(m_past);
        emit pastOpened(m_past);
        showPast();
    } else if (!travel.at() && m_past) {
        m_live->activity()->narrow(m_past->activity()->narrowing());
        m_views->setCurrentWidget(m_live);
        std::exchange(m_past, nullptr)->deleteLater();
    }
}

void TimeTravelView::showPast()
{
    if (!m_past)
        return;
    const model::TimeTravel& travel = m_workspace.timeTravel();
    if (travel.dashboard()) {
        m_past->displayTrends(m_workspace.timeTravel().trends(), travel.dashboard()->period);
        m_past->displayForecast(m_workspace.timeTravel().forecast().forecast());
        m_past->display(*travel.dashboard());
    }
    const Freshness freshness{travel.isStale(), {}, !travel.dashboard()};
    m_past->setFreshness(freshness, freshness);
}

} // namespace prism::ui
