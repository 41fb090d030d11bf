#include "client/model/older_events.h"

#include "client/model/activity_model.h"

#include <utility>

namespace prism::model {

namespace {

constexpr int pageLength = 200;

} // namespace

OlderEvents::OlderEvents(net::Api& api, ActivityModel& activity, QObject* parent)
    : QObject(parent)
    , m_activity(activity)
    , m_past(api)
{
}

void OlderEvents::load()
{
    if (m_isUnderWay || !m_activity.mayExtend())
        return;
    m_isUnderWay = true;
    const protocol::Seq last = m_activity.entry(m_activity.rowCount() - 1).seq;
    if (std::exchange(m_last, last) != last)
        m_lookedTo = 0;
    m_past.find(m_lookedTo > 0 ? m_lookedTo + 1 : last, pageLength,
                [this](const auto& found) { onFound(found); });
}

void OlderEvents::onFound(const protocol::Result<PastEvents::Found>& found)
{
    m_isUnderWay = false;
    if (!found) {
        emit failed(found.error());
        return;
    }
    if (m_activity.rowCount() == 0 || m_activity.entry(m_activity.rowCount() - 1).seq != m_last)
        return; // other rows are shown by now
    m_lookedTo = found->events.isEmpty() ? found->begin : 0;
    m_activity.extend(found->events);
    m_activity.setHasOlder(found->hasOlder);
}

} // namespace prism::model
