#pragma once

#include "server/analytics/window.h"
#include "server/api/numbers.h"
#include "server/api/query_reader.h"
#include "server/api/read_queue.h"
#include "shared/protocol/origin.h"

namespace prism::api {

/// The moment that numbers are asked for about: the one that `at=` names, else now. A value.
struct Moment
{
    std::optional<protocol::Timestamp> asked; ///< empty: the present moment

    /// A moment ahead of the server's clock is noted as wrong.
    static Moment of(QueryReader& query);

    Effort effort() const { return asked ? Effort::Open : Effort::Bounded; } ///< of sums about it
};

/// One answer that is made of numbers: the moment it is about, the windows that lie around that, and the
/// state of the database that all of it is read from. Holds a snapshot from begin() to its end. Lives on the
/// thread of its numbers, which outlive it.
class WindowReading
{
public:
    /// Of these projects, or of everything where there is none.
    explicit WindowReading(const Numbers& numbers, const Moment& moment = {}, QStringList projects = {});

    /// Takes the snapshot and brings the numbers up to it. Call once, and before anything is read.
    protocol::Result<void> begin();

    bool isOfAMoment() const { return m_isOfAMoment; } ///< that was asked for
    analytics::Window window(protocol::Period period) const;
    protocol::Timestamp moment() const { return m_moment; }

    /// Where the data begins, see analytics::Source.
    std::optional<protocol::Timestamp> earliest() const { return m_earliest; }

    /// How much the period's numbers usually differ; without any noise of a moment that was asked for.
    NoiseBook::Entry noise(protocol::Period period) const;

    store::ReadConnection& database() const { return m_numbers.database; }
    store::RollupSource& rollups() const { return *m_rollups; }
    const QStringList& projects() const { return m_projects; }
    const QTimeZone& zone() const { return m_numbers.zone; }
    statistics::Findings& findings() const { return m_numbers.findings; }

    /// Up to which event it counts.
    const protocol::Position& position() const { return m_position; }

    /// When and of what the answer is made. To be asked when it is, as only then it is known how exactly.
    protocol::Origin origin() const { return origin(m_rollups->isApproximate()); }
    protocol::Origin origin(bool isApproximate) const { return {m_moment, m_position, isApproximate}; }

private:
    const Numbers& m_numbers;
    protocol::Timestamp m_moment;
    bool m_isOfAMoment = false;
    QStringList m_projects;
    store::RollupSource* m_rollups = nullptr; ///< from begin() on
    std::optional<store::Snapshot> m_snapshot;
    std::optional<protocol::Timestamp> m_earliest;
    protocol::Position m_position;
};

} // namespace prism::api
