#include "server/alerting/replay.h"

namespace prism::alerting {

using protocol::AlertSeverity;
using State = statistics::Evidence::State;

namespace {

class Replay
{
public:
    Replay(const statistics::Evidence& evidence, const std::optional<Alert>& last)
        : m_evidence(evidence)
        , m_last(last)
    {
    }

    void add(const Counted& bucket)
    {
        if (bucket.isClosed)
            m_closedUntil = bucket.span.to;
        if (bucket.hits.things <= 0)
            return;
        if (m_evidence.value() <= 0 || m_evidence.hasEnded())
            m_since = bucket.span.from;
        const bool wasRaised = m_evidence.state() != State::None;
        if (bucket.isClosed)
            close(bucket);
        else
            m_evidence = m_evidence.with(bucket.hits);
        if (!wasRaised)
            m_raisedIn = bucket.span.from;
        if (m_evidence.hasEnded())
            m_over = findingOf(Finding::State::Over, bucket.span.to);
    }

    /// By marks, other settings, or as what is usual has changed, the last may not be raised any more.
    Finding finding() const
    {
        if (m_evidence.state() != State::None)
            return findingOf(Finding::State::Raised, {});
        if (m_over)
            return *m_over;
        return isLasting(m_last) && m_last->bucket < m_closedUntil
                   ? findingOf(Finding::State::Over, m_closedUntil)
                   : Finding();
    }

private:
    /// It may have been raised while the bucket ran, by more than there was in the end.
    void close(const Counted& bucket)
    {
        const bool wasRaisedInIt = isLasting(m_last) && m_last->bucket == bucket.span.from;
        if (wasRaisedInIt)
            m_evidence.closeRaised(bucket.hits);
        else
            m_evidence.close(bucket.hits);
    }

    Finding findingOf(Finding::State state, Timestamp end) const
    {
        Finding finding;
        finding.state = state;
        finding.severity = m_evidence.state() == State::High ? AlertSeverity::High : AlertSeverity::Medium;
        finding.bucket = m_raisedIn;
        finding.end = end;
        if (m_evidence.since().things > 0) {
            finding.value = m_evidence.since().hits;
            finding.expected = m_evidence.expected();
            finding.checks = qint64(m_evidence.since().things);
            finding.since = m_since;
        } else if (m_last) { // no evidence is left
            finding.value = m_last->value;
            finding.expected = m_last->expected;
            finding.checks = m_last->checks;
            finding.since = m_last->since.value_or(m_last->bucket);
        }
        return finding;
    }

    statistics::Evidence m_evidence;
    const std::optional<Alert>& m_last;
    Timestamp m_since{};
    Timestamp m_raisedIn{};
    Timestamp m_closedUntil{};
    std::optional<Finding> m_over;
};

} // namespace

Finding replayed(statistics::Evidence evidence, const std::vector<Counted>& buckets,
                 const std::optional<Alert>& last)
{
    Replay replay(evidence, last);
    for (const Counted& bucket : buckets)
        replay.add(bucket);
    return replay.finding();
}

} // namespace prism::alerting
