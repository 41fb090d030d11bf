#pragma once

#include "client/net/api.h"
#include "client/net/options.h"

#include <QTimer>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace prism::model {

/// Asks the server for something that is wanted again and again: one request at a time, never faster than a
/// pace, what was wished last is always asked, and the answer counts only where no newer question has taken
/// its place. The server sends in full only what is not known yet. Borrows the Api. Lives on the GUI thread.
template <typename Question, typename Value>
class Latest
{
public:
    using Answer = protocol::Result<net::Fresh<Value>>;
    using Ask = net::Call (net::Api::*)(const Question&, const QByteArray&,
                                        const net::Then<net::Fresh<Value>>&);

    /// Called with every answer, what was asked, which may not be what is wished any more, and when
    /// (Clock::elapsed).
    using Done = std::function<void(const Question&, std::chrono::milliseconds, const Answer&)>;

    /// `gap` is the least time between two requests for the same; `sent` is called with each that goes out.
    Latest(net::Api& api, Ask call, const net::Options& options, std::chrono::milliseconds gap, Done done,
           std::function<void()> sent = {})
        : m_api(api)
        , m_ask(call)
        , m_clock(options.clock)
        , m_gap(gap)
        , m_done(std::move(done))
        , m_sent(std::move(sent))
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { send(); });
    }

    /// Takes the place of a wish that was not asked yet; asked behind what is under way, at the pace.
    void ask(const Question& question)
    {
        m_wished = question;
        schedule();
    }

    /// At once; an answer under way is passed over.
    void askNow(const Question& question)
    {
        m_wished = question;
        send();
    }

    bool isUnderWay() const { return m_underWay; }

    /// Nothing is wished or known any more; an answer under way is passed over.
    void forget()
    {
        m_wished.reset();
        m_asked.reset();
        forgetAnswer();
        m_timer.stop();
        m_call.cancel();
        m_underWay = false;
    }

    /// The next answer is to come in full.
    void forgetAnswer() { m_etag.clear(); }

private:
    static constexpr std::chrono::milliseconds gapToAnother{100}; ///< while somebody drags a slider

    void schedule()
    {
        if (m_underWay || !m_wished)
            return; // the answer under way schedules the next one
        const auto gap = m_wished == m_asked ? m_gap : std::min(m_gap, gapToAnother);
        const auto since = m_lastAsked ? m_clock.elapsed() - *m_lastAsked : gap;
        m_timer.start(std::clamp(gap - since, std::chrono::milliseconds(0), gap));
    }

    void send()
    {
        m_timer.stop();
        if (!m_wished)
            return;
        m_asked = std::exchange(m_wished, std::nullopt);
        m_lastAsked = m_clock.elapsed();
        m_underWay = true;
        m_call = (m_api.*m_ask)(*m_asked, m_asked == m_known ? m_etag : QByteArray(),
                                [this, question = *m_asked, when = *m_lastAsked](const Answer& answer) {
                                    onAnswer(question, when, answer);
                                });
        if (m_sent)
            m_sent();
    }

    void onAnswer(const Question& question, std::chrono::milliseconds when, const Answer& answer)
    {
        m_underWay = false;
        if (answer) {
            m_known = question;
            m_etag = answer->etag;
        }
        m_done(question, when, answer);
        schedule();
    }

    net::Api& m_api;
    const Ask m_ask;
    const net::Clock m_clock;
    const std::chrono::milliseconds m_gap;
    const Done m_done;
    const std::function<void()> m_sent;
    QTimer m_timer;
    std::optional<Question> m_wished; ///< and not asked yet
    std::optional<Question> m_asked;  ///< the latest
    std::optional<Question> m_known;  ///< the latest that was answered
    QByteArray m_etag;                ///< of its answer
    std::optional<std::chrono::milliseconds> m_lastAsked;
    bool m_underWay = false;
    net::Call m_call;
};

} // namespace prism::model
