#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/timestamp.h"
#include "shared/protocol/violation.h"

namespace prism::protocol {

/// How a quality gate ended.
enum class CheckStatus { Pass, Warning, Blocked };

/// Where a check was run. What a laptop or an agent found says nothing of the team's own gate.
enum class CheckOrigin { Ci, Local, Agent };

QLatin1String toString(CheckStatus status);
QLatin1String toString(CheckOrigin origin);
std::optional<CheckStatus> checkStatusFromString(QStringView text);
std::optional<CheckOrigin> checkOriginFromString(QStringView text);

/// One run of a quality gate. Empty texts mean "not said".
struct Check
{
    QString id; ///< up to 100 characters, unique; the server makes a UUID version 7 where it is empty
    CheckStatus status = CheckStatus::Pass;
    std::optional<double> duration = {}; ///< milliseconds, 0 or more; nothing where it is not known
    Timestamp timestamp;
    QString user;
    QString session;
    QString project;
    QList<Violation> violations;
    QString gate = {};   ///< what ran, up to 200 characters
    QString branch = {}; ///< up to 300 characters
    QString commit = {};
    QString url = {}; ///< where a person sees the run, up to 2,000 characters
    std::optional<CheckOrigin> origin = {};
    std::optional<ViolationCounts> counts = {}; ///< of all, where `violations` are only the first of them

    bool operator==(const Check&) const = default;
};

/// The longest that a check can take: some thirty years, in milliseconds.
constexpr double longestDuration = 1e12;

/// A duration in milliseconds that somebody else worked out; nothing where no check can take so long.
std::optional<double> possibleDuration(std::optional<double> milliseconds);

class ObjectReader;

/// Reads who and what ran: user, session, project, gate, branch, commit, url and origin.
void readContext(ObjectReader& reader, Check& check);

/// So many violations of a check are kept.
constexpr qsizetype mostViolations = 25'000;

/// Puts the gravest violations first and those that do not count last, and keeps `mostViolations` of them.
void arrange(Check& check);

/// Of all its violations, whether or not they are listed.
ViolationCounts countsOf(const Check& check);

/// What a gate that found so much says: BLOCKED with a violation that blocks, WARNING with one that warns.
CheckStatus statusOf(const ViolationCounts& counts);

/// As compact UTF-8 JSON. `next` is the place of the first violation that is not among them, if there is one.
QByteArray encode(const Check& check, std::optional<qint64> next = {});

/// So many of them are listed where others are told of the check.
constexpr qsizetype mostListedViolations = 20;

/// The same with the first of its violations alone: `mostListedViolations` at most, in 4 KiB.
QByteArray encodeExcerpt(const Check& check);

/// Reads a check as a caller writes it: `id` and `timestamp` may be missing (then empty, and `now`),
/// timestamps up to `latest` are accepted, unknown fields are refused. `counts` and `note`, which the server
/// writes, follow from the rest and are passed over.
Result<Check> checkFromJson(const QJsonObject& json, Timestamp now, Timestamp latest);

/// Reads a check as the server wrote it; a newer server may say more.
Result<Check> checkFromJson(const QJsonObject& json);

} // namespace prism::protocol
