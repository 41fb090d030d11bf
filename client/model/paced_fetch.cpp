#include "client/model/paced_fetch.h"

#include <algorithm>
#include <utility>

namespace prism::model {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds gapToAnother{100}; // while somebody drags a slider

} // namespace

PacedFetch::PacedFetch(net::ApiClient& api, const net::Options& options, milliseconds gap, Done done,
                       QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_clock(options.clock)
    , m_gap(gap)
    , m_done(std::move(done))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PacedFetch::send);
}

void PacedFetch::ask(const Wish& wish)
{
    m_wished = wish;
    schedule();
}

void PacedFetch::forget()
{
    m_wished.reset();
    m_asked.reset();
    m_timer.stop();
    m_inFlight = false;
    ++m_request;
}

void PacedFetch::schedule()
{
    if (m_inFlight || !m_wished)
        return; // the answer under way schedules the next one
    const milliseconds gap = m_wished == m_asked ? m_gap : std::min(m_gap, gapToAnother);
    const milliseconds since = m_lastAsked ? m_clock.elapsed() - *m_lastAsked : gap;
    m_timer.start(std::clamp(gap - since, milliseconds(0), gap));
}

void PacedFetch::send()
{
    if (!m_wished)
        return;
    m_asked = std::exchange(m_wished, std::nullopt);
    m_lastAsked = m_clock.elapsed();
    m_inFlight = true;
    const int request = ++m_request;
    m_api.get(m_asked->path, m_asked->query, {}, this, [this, request, asked = *m_asked](const auto& answer) {
        if (request != m_request)
            return;
        m_inFlight = false;
        m_done(asked, answer);
        schedule();
    });
}

} // namespace prism::model
