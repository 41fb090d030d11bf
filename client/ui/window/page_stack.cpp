#include "client/ui/window/page_stack.h"

#include "client/model/workspace.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/alerts/alerts_panel.h"
#include "client/ui/dashboard/dashboard_view.h"
#include "client/ui/dashboard/time_travel_view.h"
#include "client/ui/records/records_page.h"
#include "client/ui/records/records_panel.h"
#include "client/ui/settings/server_settings_panel.h"
#include "client/ui/settings/settings_page.h"
#include "client/ui/widgets/access_words.h"
#include "client/ui/window/page_scroll.h"

#include <QAbstractSpinBox>

namespace prism::ui {

PageStack::PageStack(model::Workspace& workspace, model::Preferences& preferences, QWidget* parent)
    : QStackedWidget(parent)
    , m_workspace(workspace)
    , m_dashboard(new DashboardView(workspace.activity(), workspace.alerts()))
    , m_times(new TimeTravelView(workspace, m_dashboard))
    , m_records(new RecordsPage(
          {workspace.records(), workspace.recordEditor(), workspace.recordRun(), workspace.recordRemoval()}))
    , m_settings(new SettingsPage(preferences, workspace))
{
    for (QWidget* page : std::initializer_list<QWidget*>{m_times, m_records, m_settings})
        addWidget(new PageScroll(page));
    connect(&workspace.feed(), &model::FeedModel::changed, this, &PageStack::showFreshness);
    connect(&workspace.records(), &model::RecordsModel::changed, this, &PageStack::showFreshness);
}

void PageStack::setPage(Page page)
{
    m_workspace.records().setActive(page == Page::Records);
    m_workspace.serverSettings().setActive(page == Page::Settings);
    m_settings->setActive(page == Page::Settings);
    if (page == this->page())
        return;
    setCurrentIndex(int(page));
    emit pageChanged(page);
}

void PageStack::setOffers(const model::Access& access)
{
    using model::Offer;
    const auto lacking = [&](Offer offer) {
        return access.may(offer) ? QString() : AccessWords::notOffered(offer, access);
    };
    m_dashboard->alerts()->setReadOnly(!access.may(Offer::AcknowledgeAlerts));
    m_dashboard->activity()->setMarking(access.may(Offer::MarkViolations));
    m_records->setReadOnly(!access.may(Offer::WriteRecords), lacking(Offer::WriteRecords));
    m_settings->server()->setReadOnly(!access.may(Offer::ChangeSettings), lacking(Offer::ChangeSettings),
                                      access.may(Offer::UnmuteAlerts));
    m_settings->setAdministrable(access.may(Offer::Administer) && !access.refusal());
}

void PageStack::setReduced(bool reduced)
{
    const QList<PageScroll*> pages = findChildren<PageScroll*>();
    for (PageScroll* page : pages)
        page->setScrolling(!reduced);
    m_times->setReduced(reduced);
}

void PageStack::focusSearch()
{
    if (page() == Page::Dashboard)
        (m_times->isLive() ? m_dashboard : m_times->past())->activity()->focusSearch();
    else if (page() == Page::Records)
        m_records->focusSearch();
}

void PageStack::startNewRecord()
{
    setPage(Page::Records);
    m_records->startNew();
}

model::Drafts PageStack::drafts() const
{
    // A number that is still being typed is one when somebody is done with it.
    const QList<QAbstractSpinBox*> numbers = m_settings->findChildren<QAbstractSpinBox*>();
    for (QAbstractSpinBox* number : numbers)
        number->interpretText();
    return {m_workspace.server(), m_records->unsaved(), m_settings->server()->unsaved(),
            m_records->panel()->narrowing(),
            (m_times->isLive() ? m_dashboard : m_times->past())->activity()->narrowing()};
}

void PageStack::resume(const model::Drafts& drafts)
{
    if (drafts.record)
        m_records->resume(*drafts.record);
    if (drafts.settings)
        m_settings->server()->resume(*drafts.settings);
    m_records->panel()->narrow(drafts.records);
    m_dashboard->activity()->narrow(drafts.activity);
}

void PageStack::showFreshness()
{
    const model::FeedModel& feed = m_workspace.feed();
    const bool isStale = feed.state() != model::FeedState::Live && feed.isBannerVisible();
    m_settings->setFreshness({isStale, {}});
    const model::RecordsModel& records = m_workspace.records();
    std::optional<std::chrono::milliseconds> own;
    if (constexpr std::chrono::minutes alike{1}; isStale && records.age() && feed.dataAge()) {
        if (std::chrono::abs(*records.age() - *feed.dataAge()) >= alike)
            own = records.age(); // else the badge has said it
    }
    m_records->setFreshness({isStale && records.isShown(), own});
}

} // namespace prism::ui
