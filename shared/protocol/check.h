#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/timestamp.h"

#include <QJsonObject>
#include <QLatin1String>
#include <QList>

namespace prism::protocol {

/// How a quality gate ended.
enum class CheckStatus { Pass, Warning, Blocked };

/// How much a violation weighs.
enum class Severity { Info, Warning, Block };

QLatin1String toString(CheckStatus status);
QLatin1String toString(Severity severity);
std::optional<CheckStatus> checkStatusFromString(QStringView text);
std::optional<Severity> severityFromString(QStringView text);

/// A principle that a check found broken.
struct Violation
{
    QString principleId;
    QString principleName; ///< empty when the caller gave none
    Severity severity = Severity::Warning;
    QString message;            ///< empty when the caller gave none
    bool falsePositive = false; ///< a person said that it does not count
    QString pattern = {};       ///< the rule's pattern that matched; empty where none is known

    bool operator==(const Violation&) const = default;
};

/// One run of a quality gate. Empty texts mean "not said".
struct Check
{
    QString id; ///< up to 100 characters, unique; the server makes a UUID version 7 where it is empty
    CheckStatus status = CheckStatus::Pass;
    double duration = 0; ///< milliseconds, 0 or more
    Timestamp timestamp;
    QString user;
    QString session;
    QString project;
    QList<Violation> violations;

    bool operator==(const Check&) const = default;
};

/// As compact UTF-8 JSON.
QByteArray encode(const Check& check);

/// Reads a check as a caller writes it: `id` and `timestamp` may be missing (then empty, and `now`),
/// timestamps up to `latest` are accepted, unknown fields are refused.
Result<Check> checkFromJson(const QJsonObject& json, Timestamp now, Timestamp latest);

/// Reads a check as the server wrote it; a newer server may say more.
Result<Check> checkFromJson(const QJsonObject& json);

/// What a person says of one violation of a check: {"falsePositive": truth}.
struct ViolationMark
{
    bool falsePositive = true;

    bool operator==(const ViolationMark&) const = default;
};

QJsonObject toJson(const ViolationMark& mark);

/// Unknown fields are refused.
Result<ViolationMark> violationMarkFromJson(const QJsonObject& json);

} // namespace prism::protocol
