#include "client/model/past_events.h"

#include <algorithm>
#include <utility>

namespace prism::model {

using protocol::Seq;

namespace {

/// The later stretches are longer, as it seems that there is little to be found.
constexpr int mostStretches = 12;
constexpr int longestStretch = 16; // times as long as the first

} // namespace

PastEvents::PastEvents(net::Api& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
}

void PastEvents::find(Seq end, int length, Done done)
{
    m_done = std::move(done);
    m_length = length;
    m_stretches = 0;
    askStretch(end);
}

void PastEvents::askStretch(Seq end)
{
    const Seq length = Seq(m_length) * std::min(1 << m_stretches, longestStretch);
    ++m_stretches;
    m_end = end;
    m_begin = std::max<Seq>(0, end - 1 - length);
    m_gathered.clear();
    ask(m_begin);
}

void PastEvents::ask(Seq since)
{
    m_call =
        m_api.events({{}, since}, m_length, [this, since](const auto& answer) { onPage(since, answer); });
}

/// A page ends by its size as well as by how many it has.
void PastEvents::onPage(Seq since, const protocol::Result<protocol::EventPage>& answer)
{
    if (!answer)
        return std::exchange(m_done, {})(protocol::Failure(answer.error()));
    m_gathered += answer->events;
    const Seq reached = answer->reached.seq;
    if (answer->complete && reached > since && reached < m_end - 1)
        return ask(reached);
    m_gathered.removeIf([this](const protocol::Event& event) { return event.seq >= m_end; });
    const bool hasOlder = answer->complete && m_begin > 0;
    if (m_gathered.isEmpty() && hasOlder && m_stretches < mostStretches)
        return askStretch(m_begin + 1);
    std::exchange(m_done, {})(Found{std::exchange(m_gathered, {}), m_begin, hasOlder});
}

} // namespace prism::model
