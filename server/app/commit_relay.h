#pragma once

#include "server/alerting/watch.h"
#include "server/http/answer_bell.h"
#include "server/realtime/publisher.h"
#include "server/store/writing/commit_sink.h"
#include "server/telemetry/telemetry.h"

#include <functional>

namespace prism::app {

/// Passes on what the writer did to the parts that live by it: the sessions, the callers that wait for their
/// answers, the watch for alerts, the counters. All of them are borrowed. Called on the writer's thread.
class CommitRelay : public store::CommitSink
{
public:
    /// `end` is called when nothing will be written any more.
    CommitRelay(realtime::Publisher& publisher, http::AnswerBell& answers, alerting::Watch& watch,
                telemetry::Telemetry& telemetry, std::function<void()> end);

    void committed(const store::Commit& commit) override;
    void publish(const std::vector<store::StoredEvent>& events) override;
    void settled() override;
    void ended(const store::Error& /*why*/) override { m_end(); }

private:
    realtime::Publisher& m_publisher;
    http::AnswerBell& m_answers;
    alerting::Watch& m_watch;
    telemetry::Telemetry& m_telemetry;
    const std::function<void()> m_end;
    bool m_watchIsDue = false; ///< something was published that may raise an alert
};

} // namespace prism::app
