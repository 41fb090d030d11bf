#include "client/model/older_events.h"

#include "client/model/activity_model.h"

#include <algorithm>
#include <utility>

namespace prism::model {

namespace {

constexpr int pageLength = 200;

} // namespace

OlderEvents::OlderEvents(net::Api& api, ActivityModel& activity, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_activity(activity)
{
}

void OlderEvents::load()
{
    if (m_end > 0 || !m_activity.mayExtend())
        return;
    m_end = m_activity.entry(m_activity.rowCount() - 1).seq;
    m_begin = std::max<protocol::Seq>(0, m_end - 1 - pageLength);
    m_gathered.clear();
    ask({{}, m_begin});
}

void OlderEvents::ask(const protocol::Position& since)
{
    m_call = m_api.events(since, pageLength, [this](const auto& answer) { onAnswer(answer); });
}

void OlderEvents::onAnswer(const protocol::Result<protocol::EventPage>& answer)
{
    if (!answer) {
        m_end = 0;
        emit failed(answer.error());
        return;
    }
    m_gathered += answer->events;
    // A page ends by its size as well.
    if (answer->complete && !answer->events.isEmpty() && answer->reached.seq < m_end - 1)
        return ask(answer->reached);
    m_gathered.removeIf([this](const protocol::Event& event) { return event.seq >= m_end; });
    const protocol::Seq end = std::exchange(m_end, 0);
    if (m_activity.rowCount() == 0 || m_activity.entry(m_activity.rowCount() - 1).seq != end)
        return; // other rows are shown by now
    m_activity.extend(std::exchange(m_gathered, {}));
    m_activity.setHasOlder(answer->complete && m_begin > 0);
}

} // namespace prism::model
