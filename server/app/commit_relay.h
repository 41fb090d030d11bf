#pragma once

#include "server/alerting/watch.h"
#include "server/http/answer_bell.h"
#include "server/realtime/publisher.h"
#include "server/store/writing/commit_sink.h"
#include "server/telemetry/telemetry.h"

namespace prism::app {

/// Passes on what the writer did to the parts that live by it: the sessions, the callers that wait for their
/// answers, the watch for alerts, the counters. All of them are borrowed. Called on the writer's thread.
class CommitRelay : public store::CommitSink
{
public:
    CommitRelay(realtime::Publisher& publisher, http::AnswerBell& answers, alerting::Watch& watch,
                telemetry::Telemetry& telemetry);

    void committed(const store::Commit& commit) override;
    void publish(const std::vector<store::StoredEvent>& events) override;
    void settled() override;

private:
    realtime::Publisher& m_publisher;
    http::AnswerBell& m_answers;
    alerting::Watch& m_watch;
    telemetry::Telemetry& m_telemetry;
    bool m_watchIsDue = false; ///< something was published that may raise an alert
};

} // namespace prism::app
