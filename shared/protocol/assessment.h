#pragma once

#include "shared/protocol/json_reader.h"
#include "shared/protocol/names.h"
#include "shared/protocol/timestamp.h"

#include <QJsonObject>

namespace prism::protocol {

/// A half-open span of time: from ≤ t < to.
struct Span
{
    Timestamp from = {};
    Timestamp to = {};

    bool operator==(const Span&) const = default;
};

/// What is said of a change that is larger than what a number usually differs by, and of one that is not.
enum class Verdict { Better, Worse, Same };

inline constexpr std::array<Name<Verdict>, 3> verdictNames{
    {{Verdict::Better, "better"}, {Verdict::Worse, "worse"}, {Verdict::Same, "same"}}};

/// Why nothing is said of a change.
enum class NoVerdict {
    NoBaseline,       ///< the span it would be compared with began before the first data
    NoValue,          ///< there is nothing under one of the two numbers
    TooFew,           ///< too few days before to know how much it usually differs
    NotReady,         ///< how much it usually differs is being computed
    Past,             ///< of a moment in the past that is not known
    DifferentPeriods, ///< the two spans are not of one length
    Volume,           ///< it changed, but more of it is neither better nor worse
    Never,            ///< it is of a single thing, as the longest time is
};

inline constexpr std::array<Name<NoVerdict>, 8> noVerdictNames{
    {{NoVerdict::NoBaseline, "no_baseline"},
     {NoVerdict::NoValue, "no_value"},
     {NoVerdict::TooFew, "too_few"},
     {NoVerdict::NotReady, "not_ready"},
     {NoVerdict::Past, "past"},
     {NoVerdict::DifferentPeriods, "different_periods"},
     {NoVerdict::Volume, "volume"},
     {NoVerdict::Never, "never"}}};

/// What there is to say of a number beside the same number of another span.
struct Assessment
{
    std::optional<Verdict> verdict = {};
    std::optional<NoVerdict> reason = {}; ///< there where the verdict is not
    Span span = {};                       ///< the other

    bool operator==(const Assessment&) const = default;
};

/// Its fields stand among those of the change itself.
void addTo(QJsonObject& change, const Assessment& assessment);
Assessment readAssessment(ObjectReader& change);

} // namespace prism::protocol
