#include "shared/protocol/check.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

#include <algorithm>
#include <functional>

namespace prism::protocol {

namespace {

constexpr std::array<Name<CheckStatus>, 3> statusNames{
    {{CheckStatus::Pass, "PASS"}, {CheckStatus::Warning, "WARNING"}, {CheckStatus::Blocked, "BLOCKED"}}};

constexpr std::array<Name<CheckOrigin>, 3> originNames{
    {{CheckOrigin::Ci, "ci"}, {CheckOrigin::Local, "local"}, {CheckOrigin::Agent, "agent"}}};

constexpr qsizetype maxId = 100;
constexpr qsizetype maxGate = 200;
constexpr qsizetype maxBranch = 300;
constexpr qsizetype maxUrl = 2000;
constexpr qsizetype maxViolations = 100'000;

constexpr QLatin1String idField("id"), statusField("status"), durationField("duration"),
    timestampField("timestamp"), userField("user"), sessionField("session"), projectField("project"),
    gateField("gate"), branchField("branch"), commitField("commit"), urlField("url"), originField("origin"),
    violationsField("violations"), countsField("counts"), noteField("note"), cursorField("violationsCursor");

Result<Check> readCheck(const QJsonObject& json, Timestamp now, Timestamp latest, UnknownFields unknown)
{
    Problems problems;
    ObjectReader reader(json, problems);
    Check check;
    check.id = reader.text(idField, Presence::Optional, maxId).value_or(QString());
    check.status = reader.choice(statusField, Presence::Required, statusNames).value_or(CheckStatus::Pass);
    check.duration = reader.number(durationField, Presence::Optional, 0, longestDuration);
    check.timestamp = reader.timestamp(timestampField, Presence::Optional, latest).value_or(now);
    readContext(reader, check);
    reader.objects(violationsField, Presence::Optional, maxViolations,
                   [&](ObjectReader& each) { check.violations.append(readViolation(each, unknown)); });
    reader.nested(countsField, Presence::Optional, [&](ObjectReader& counts) {
        if (unknown == UnknownFields::PassedOver)
            check.counts = readCounts(counts);
    });
    if (check.counts == countsOf(check.violations))
        check.counts.reset();
    reader.text(noteField, Presence::Optional, maxUrl);
    if (unknown == UnknownFields::Refused)
        reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The check is not valid.")));
    return check;
}

void writeText(JsonWriter& json, QLatin1String name, const QString& text)
{
    if (!text.isEmpty())
        json.field(name, text);
}

/// `writeViolations` writes those that are to be listed, to the text and by the writer of it.
template <typename WriteViolations>
QByteArray written(const Check& check, const WriteViolations& writeViolations,
                   std::optional<qint64> next = {})
{
    const ViolationCounts counts = countsOf(check);
    QByteArray text;
    text.reserve(320 + 200 * std::min<qsizetype>(check.violations.size(), 100));
    JsonWriter json(text);
    json.beginObject();
    json.field(idField, check.id);
    json.field(statusField, toString(check.status));
    if (check.duration)
        json.field(durationField, *check.duration);
    json.field(timestampField, check.timestamp);
    writeText(json, userField, check.user);
    writeText(json, sessionField, check.session);
    writeText(json, projectField, check.project);
    writeText(json, gateField, check.gate);
    writeText(json, branchField, check.branch);
    writeText(json, commitField, check.commit);
    writeText(json, urlField, check.url);
    if (check.origin)
        json.field(originField, toString(*check.origin));
    json.key(violationsField);
    json.beginArray();
    writeViolations(json, text);
    json.endArray();
    if (next)
        json.field(cursorField, QString::number(*next));
    json.key(countsField);
    write(json, counts);
    if (counts.all() > mostViolations)
        json.field(noteField, QStringLiteral("Of %1 violations the gravest %2 are kept.")
                                  .arg(counts.all())
                                  .arg(mostViolations));
    json.endObject();
    return text;
}

} // namespace

QLatin1String toString(CheckStatus status)
{
    return nameOf(statusNames, status);
}

QLatin1String toString(CheckOrigin origin)
{
    return nameOf(originNames, origin);
}

std::optional<CheckStatus> checkStatusFromString(QStringView text)
{
    return valueOf(statusNames, text);
}

std::optional<CheckOrigin> checkOriginFromString(QStringView text)
{
    return valueOf(originNames, text);
}

std::optional<double> possibleDuration(std::optional<double> milliseconds)
{
    return milliseconds && *milliseconds >= 0 && *milliseconds <= longestDuration ? milliseconds
                                                                                  : std::nullopt;
}

void readContext(ObjectReader& reader, Check& check)
{
    const auto text = [&reader](QLatin1String name, qsizetype most) {
        return reader.text(name, Presence::Optional, most).value_or(QString());
    };
    check.user = text(userField, maxId);
    check.session = text(sessionField, maxId);
    check.project = text(projectField, maxId);
    check.gate = text(gateField, maxGate);
    check.branch = text(branchField, maxBranch);
    check.commit = text(commitField, maxId);
    check.url = text(urlField, maxUrl);
    check.origin = reader.choice(originField, Presence::Optional, originNames);
}

void arrange(Check& check)
{
    const auto weight = [](const Violation& violation) {
        return violation.falsePositive ? -1 : int(violation.severity);
    };
    std::ranges::stable_sort(check.violations, std::ranges::greater(), weight);
    if (check.violations.size() <= mostViolations)
        return;
    check.counts = countsOf(check);
    check.violations.resize(mostViolations);
}

ViolationCounts countsOf(const Check& check)
{
    return check.counts ? *check.counts : countsOf(check.violations);
}

CheckStatus statusOf(const ViolationCounts& counts)
{
    return counts.block > 0     ? CheckStatus::Blocked
           : counts.warning > 0 ? CheckStatus::Warning
                                : CheckStatus::Pass;
}

QByteArray encode(const Check& check, std::optional<qint64> next)
{
    return written(
        check,
        [&check](JsonWriter& json, QByteArray&) {
            for (const Violation& violation : check.violations)
                write(json, violation);
        },
        next);
}

QByteArray encodeExcerpt(const Check& check)
{
    constexpr qsizetype mostBytes = 4096;
    return written(check, [&check](JsonWriter& json, QByteArray& text) {
        const qsizetype begin = text.size();
        for (qsizetype i = 0; i < std::min(mostListedViolations, check.violations.size()); ++i) {
            const qsizetype before = text.size();
            const Violation& violation = check.violations[i];
            const bool mayBeLong = i == 0 && encode(violation).size() > mostBytes;
            write(json, mayBeLong ? abridged(violation) : violation);
            if (text.size() - begin > mostBytes) {
                text.truncate(before);
                break;
            }
        }
    });
}

Result<Check> checkFromJson(const QJsonObject& json, Timestamp now, Timestamp latest)
{
    return readCheck(json, now, latest, UnknownFields::Refused);
}

Result<Check> checkFromJson(const QJsonObject& json)
{
    return readCheck(json, Timestamp(), Timestamp::max(), UnknownFields::PassedOver);
}

} // namespace prism::protocol
