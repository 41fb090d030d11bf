#pragma once

#include "shared/protocol/violation.h"

namespace prism::protocol {

/// A finding of which a person said that it is none. It is known again in what arrives. Empty texts mean
/// "not said".
struct FalsePositive
{
    QString id; ///< a UUID version 7
    Timestamp at;
    QString project;
    QString principleId;
    QString principleName = {};
    QString fingerprint = {}; ///< the tool's own; where it is empty, file and message are what it is known by
    QString file = {};
    QString message = {}; ///< the beginning of that of the violation that was marked
    QString checkId = {}; ///< of that violation; it may be removed by now
    QString by = {};
    QString reason = {};
    qint64 seen = 0;                        ///< violations that arrived since and were marked by this
    std::optional<Timestamp> lastSeen = {}; ///< when the last of their checks was

    bool operator==(const FalsePositive&) const = default;
};

QByteArray encode(const FalsePositive& falsePositive);

/// As the server wrote it; a newer one may say more.
Result<FalsePositive> falsePositiveFromJson(const QJsonObject& json);

} // namespace prism::protocol
