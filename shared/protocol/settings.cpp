#include "shared/protocol/settings.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/text.h"

#include <QJsonDocument>

#include <algorithm>

namespace prism::protocol {

namespace {

constexpr QLatin1String checkLevelField("checkLevel"), checkTimeoutField("checkTimeoutMs"),
    retentionDaysField("retentionDays"), alertsField("alerts"), mutesField("mutes"), kindField("kind"),
    untilField("until"), spikeEvidenceField("violationSpikeEvidence"),
    performanceThresholdField("performanceThresholdMs"), performanceFactorField("performanceFactor"),
    usageDropShareField("usageDropShare"), qualityDropEvidenceField("qualityDropEvidence"),
    gateFailingField("gateFailingMinutes"), mainBranchesField("mainBranches");

/// A worker judges nothing else meanwhile, so a check may not take for ever.
constexpr qint64 shortestTimeout = 10, longestTimeout = 60'000;

constexpr int longestRetention = 36'500;
constexpr double leastEvidence = 1, mostEvidence = 1000;
constexpr int longestFailing = 7 * 24 * 60; // minutes
constexpr qsizetype mostBranches = 20, longestBranch = 300;

/// Who writes to the server is told of what it does not know; what a newer server says more is passed over.
enum class Unknown { Refused, PassedOver };

AlertSettings readAlerts(const QJsonObject& json, const AlertSettings& now, Problems& problems,
                         Unknown unknown)
{
    ObjectReader reader(json, problems, QString(alertsField));
    const auto number = [&](QLatin1String name, double fallback, double min, double max) {
        return reader.number(name, Presence::Optional, min, max).value_or(fallback);
    };
    AlertSettings alerts;
    alerts.violationSpikeEvidence =
        number(spikeEvidenceField, now.violationSpikeEvidence, leastEvidence, mostEvidence);
    alerts.performanceThresholdMs =
        number(performanceThresholdField, now.performanceThresholdMs, 1, 86'400'000);
    alerts.performanceFactor = number(performanceFactorField, now.performanceFactor, 1.2, 1000);
    alerts.usageDropShare = number(usageDropShareField, now.usageDropShare, 0.01, 0.99);
    alerts.qualityDropEvidence =
        number(qualityDropEvidenceField, now.qualityDropEvidence, leastEvidence, mostEvidence);
    alerts.gateFailingMinutes = int(reader.integer(gateFailingField, Presence::Optional, 1, longestFailing)
                                        .value_or(now.gateFailingMinutes));
    if (unknown == Unknown::Refused)
        reader.refuseUnknown();
    return alerts;
}

/// Each once, in the order in which they came.
std::optional<QStringList> readBranches(ObjectReader& reader)
{
    std::optional<QStringList> branches =
        reader.texts(mainBranchesField, Presence::Optional, mostBranches, longestBranch);
    if (!branches)
        return std::nullopt;
    for (QString& branch : *branches)
        branch = cleaned(branch);
    branches->removeDuplicates();
    if (branches->contains(QString()))
        reader.refuse(ErrorCode::Validation, mainBranchesField,
                      QStringLiteral("must not have an empty name: a check without a branch counts anyway"));
    return branches;
}

/// Everything but the mutes.
Settings readValues(ObjectReader& reader, const Settings& now, Problems& problems, Unknown unknown)
{
    Settings settings = now;
    settings.checkLevel =
        reader.choice(checkLevelField, Presence::Optional, checkLevelNames).value_or(now.checkLevel);
    settings.checkTimeout = std::chrono::milliseconds(
        reader.integer(checkTimeoutField, Presence::Optional, shortestTimeout, longestTimeout)
            .value_or(now.checkTimeout.count()));
    settings.retentionDays = int(reader.integer(retentionDaysField, Presence::Optional, 0, longestRetention)
                                     .value_or(now.retentionDays));
    settings.mainBranches = readBranches(reader).value_or(now.mainBranches);
    if (const auto alerts = reader.object(alertsField, Presence::Optional))
        settings.alerts = readAlerts(*alerts, now.alerts, problems, unknown);
    return settings;
}

/// What of `json` is not the same in `other`, objects field by field.
QJsonObject without(const QJsonObject& json, const QJsonObject& other)
{
    QJsonObject left;
    for (auto field = json.begin(); field != json.end(); ++field) {
        const QJsonValue theirs = other.value(field.key());
        if (field.value() == theirs)
            continue;
        const bool areObjects = field.value().isObject() && theirs.isObject();
        left.insert(field.key(), areObjects ? without(field.value().toObject(), theirs.toObject())
                                            : QJsonValue(field.value()));
    }
    return left;
}

} // namespace

bool Settings::isMuted(AlertKind kind, Timestamp now) const
{
    return std::any_of(mutes.begin(), mutes.end(),
                       [&](const Mute& mute) { return mute.kind == kind && mute.until > now; });
}

Settings Settings::asOf(Timestamp now) const
{
    Settings settings = *this;
    settings.mutes.removeIf([&](const Mute& mute) { return mute.until <= now; });
    return settings;
}

QJsonObject toJson(const Mute& mute)
{
    return {{kindField, nameOf(alertKindNames, mute.kind)}, {untilField, toIso(mute.until)}};
}

Result<Mute> muteFromJson(const QJsonObject& json, AlertKind kind, Timestamp now)
{
    Problems problems;
    ObjectReader reader(json, problems);
    const auto until = reader.timestamp(untilField, Presence::Required, Timestamp::max());
    if (until && *until <= now)
        reader.refuse(ErrorCode::Validation, untilField, QStringLiteral("must be in the future"));
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The mute is not valid.")));
    return Mute{kind, *until};
}

QJsonObject toJson(const Settings& settings)
{
    const AlertSettings& alerts = settings.alerts;
    QJsonArray mutes;
    for (const Mute& mute : settings.mutes)
        mutes.append(toJson(mute));
    return {{checkLevelField, nameOf(checkLevelNames, settings.checkLevel)},
            {checkTimeoutField, qint64(settings.checkTimeout.count())},
            {retentionDaysField, settings.retentionDays},
            {mainBranchesField, QJsonArray::fromStringList(settings.mainBranches)},
            {alertsField, QJsonObject{{spikeEvidenceField, alerts.violationSpikeEvidence},
                                      {performanceThresholdField, alerts.performanceThresholdMs},
                                      {performanceFactorField, alerts.performanceFactor},
                                      {usageDropShareField, alerts.usageDropShare},
                                      {qualityDropEvidenceField, alerts.qualityDropEvidence},
                                      {gateFailingField, alerts.gateFailingMinutes}}},
            {mutesField, mutes}};
}

QJsonObject changesBetween(const Settings& before, const Settings& after)
{
    QJsonObject changes = without(toJson(after), toJson(before));
    changes.remove(mutesField);
    return changes;
}

QByteArray encode(const Settings& settings)
{
    return QJsonDocument(toJson(settings)).toJson(QJsonDocument::Compact);
}

Result<Settings> settingsFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    Settings settings = readValues(reader, Settings(), problems, Unknown::PassedOver);
    reader.objects(mutesField, Presence::Optional, qsizetype(alertKindNames.size()), [&](ObjectReader& each) {
        const auto kind = each.choice(kindField, Presence::Required, alertKindNames);
        const auto until = each.timestamp(untilField, Presence::Required, Timestamp::max());
        if (kind && until)
            settings.mutes.append({*kind, *until});
    });
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The settings are not valid.")));
    return settings;
}

QStringList missingSettings(const QJsonObject& json)
{
    QStringList missing;
    const QJsonObject all = toJson(Settings());
    const QStringList names = all.keys();
    for (const QString& name : names) {
        if (name != mutesField && !json.contains(name))
            missing.append(name);
    }
    const QJsonObject alerts = json.value(alertsField).toObject();
    const QStringList alertNames = all.value(alertsField).toObject().keys();
    for (const QString& name : alertNames) {
        if (!alerts.contains(name))
            missing.append(QString(alertsField) + QLatin1Char('.') + name);
    }
    return missing;
}

Result<Settings> changedSettings(const Settings& now, const QJsonObject& changes)
{
    Problems problems;
    QJsonObject values = changes;
    values.remove(mutesField);
    if (changes.contains(mutesField))
        problems.add(ErrorCode::Validation, mutesField,
                     QStringLiteral("are changed at /api/v1/alerts/mutes, each of its own"));
    ObjectReader reader(values, problems);
    const Settings settings = readValues(reader, now, problems, Unknown::Refused);
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The settings are not valid.")));
    return settings;
}

} // namespace prism::protocol
