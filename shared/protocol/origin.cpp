#include "shared/protocol/origin.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String generatedAtField("generatedAt"), epochField("epoch"), seqField("seq"),
    approximateField("approximate");

constexpr qsizetype maxEpoch = 200;

} // namespace

void addTo(QJsonObject& answer, const Origin& origin)
{
    answer.insert(generatedAtField, toIso(origin.generatedAt));
    answer.insert(epochField, origin.position.epoch);
    answer.insert(seqField, qint64(origin.position.seq));
    if (origin.approximate)
        answer.insert(approximateField, true);
}

Origin readOrigin(ObjectReader& answer)
{
    Origin origin;
    origin.generatedAt =
        answer.timestamp(generatedAtField, Presence::Required, Timestamp::max()).value_or(Timestamp());
    origin.position.epoch = answer.text(epochField, Presence::Optional, maxEpoch).value_or(QString());
    origin.position.seq = answer.count(seqField, Presence::Required).value_or(0);
    origin.approximate = answer.boolean(approximateField, Presence::Optional).value_or(false);
    return origin;
}

} // namespace prism::protocol
