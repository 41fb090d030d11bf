#include "shared/protocol/assessment.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String verdictField("verdict"), reasonField("reason"), spanField("span"), fromField("from"),
    toField("to");

template <typename E, std::size_t N>
QJsonValue nameOrNull(const std::array<Name<E>, N>& names, std::optional<E> value)
{
    return value ? QJsonValue(nameOf(names, *value)) : QJsonValue(QJsonValue::Null);
}

} // namespace

void addTo(QJsonObject& change, const Assessment& assessment)
{
    change.insert(verdictField, nameOrNull(verdictNames, assessment.verdict));
    change.insert(reasonField, nameOrNull(noVerdictNames, assessment.reason));
    change.insert(spanField, QJsonObject{{fromField, toIso(assessment.span.from)},
                                         {toField, toIso(assessment.span.to)}});
}

/// What an older server does not say is not there.
Assessment readAssessment(ObjectReader& change)
{
    Assessment assessment;
    assessment.verdict = change.choice(verdictField, Presence::Optional, verdictNames);
    assessment.reason = change.choice(reasonField, Presence::Optional, noVerdictNames);
    change.nested(spanField, Presence::Optional, [&](ObjectReader& span) {
        assessment.span.from =
            span.timestamp(fromField, Presence::Required, Timestamp::max()).value_or(Timestamp());
        assessment.span.to =
            span.timestamp(toField, Presence::Required, Timestamp::max()).value_or(Timestamp());
    });
    return assessment;
}

} // namespace prism::protocol
