#pragma once

#include "server/analytics/rollup.h"
#include "server/analytics/window.h"
#include "shared/protocol/alert.h"
#include "shared/protocol/error.h"
#include "shared/protocol/gate_state.h"

#include <memory>

namespace prism::analytics {

/// What judging needs to know of one hour or day.
struct Bucket
{
    Rollup::Part all;
    Rollup::Part live;   ///< without what was imported, or came late
    qint64 users = 0;    ///< distinct, in checks and retrospectives, imported or not
    bool isLive = false; ///< anything happened in it that was not imported

    bool operator==(const Bucket&) const = default;
};

using BucketPtr = std::shared_ptr<const Bucket>;

/// Where hours and days to be judged come from, and those to compare them with, and what was found before:
/// between begin() and end() as they were at one moment. Lives on its reader's thread.
class HistorySource
{
public:
    HistorySource() = default;
    HistorySource(const HistorySource&) = delete;
    HistorySource& operator=(const HistorySource&) = delete;
    virtual ~HistorySource() = default;

    virtual protocol::Result<void> begin() = 0;
    virtual void end() = 0;

    /// A moment not after the earliest check or retrospective, on the same day; nothing without any.
    virtual protocol::Result<std::optional<Timestamp>> earliest() = 0;

    /// `span` begins and ends at a quarter of an hour.
    virtual protocol::Result<BucketPtr> bucket(const Span& span) = 0;

    /// Whether the check that arrived last was seen live; where there is none as well.
    virtual protocol::Result<bool> isNewestLive() = 0;

    /// The alert of this kind that was raised last.
    virtual protocol::Result<std::optional<protocol::Alert>> lastAlert(protocol::AlertKind kind) = 0;

    /// The same of this gate.
    virtual protocol::Result<std::optional<protocol::Alert>> lastAlert(const protocol::GateName& gate) = 0;

    /// Those of gates that are not over.
    virtual protocol::Result<QList<protocol::Alert>> lastingGateAlerts() = 0;

    /// Nothing where there is none.
    virtual protocol::Result<std::optional<protocol::GateState>> gate(const protocol::GateName& name) = 0;

    /// Those that have been BLOCKED since `since` or longer, and were seen so when it happened.
    virtual protocol::Result<QList<protocol::GateState>> gatesBlockedSince(Timestamp since) = 0;

    /// When the first of those became BLOCKED that did later than that; nothing where none did.
    virtual protocol::Result<std::optional<Timestamp>> nextBlockedAfter(Timestamp time) = 0;

    /// Whether it is not known yet how they stand, as the main branches are others.
    virtual protocol::Result<bool> areGatesUncounted() = 0;
};

} // namespace prism::analytics
