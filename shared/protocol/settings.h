#pragma once

#include "shared/protocol/alert.h"
#include "shared/protocol/check_level.h"

#include <QStringList>

namespace prism::protocol {

/// When a number is out of the ordinary.
struct AlertSettings
{
    double violationSpikeEvidence = 7;    ///< natural logarithm of the odds, from 1
    double performanceThresholdMs = 1000; ///< from 1
    double performanceFactor = 3;         ///< so many times as many slow checks as usual, from 1.2
    double usageDropShare = 0.5;          ///< of the people usual on that weekday, above 0 and below 1
    double qualityDropEvidence = 4;       ///< natural logarithm of the odds, from 1
    int gateFailingMinutes = 30;          ///< for so long a gate may be BLOCKED, from 1

    bool operator==(const AlertSettings&) const = default;
};

/// Until then no alert of this kind is raised.
struct Mute
{
    AlertKind kind = AlertKind::ViolationSpike;
    Timestamp until;

    bool operator==(const Mute&) const = default;
};

/// What can be set while the server runs.
struct Settings
{
    CheckLevel checkLevel = CheckLevel::Standard;
    std::chrono::milliseconds checkTimeout{1000}; ///< how long a gate check may be judged
    int retentionDays = 0;                        ///< 0 for ever
    QStringList mainBranches{QStringLiteral("main"), QStringLiteral("master"),
                             QStringLiteral("trunk")}; ///< whose checks say how a gate stands
    AlertSettings alerts;
    QList<Mute> mutes; ///< in the order of the kinds, one each

    bool operator==(const Settings&) const = default;

    bool isMuted(AlertKind kind, Timestamp now) const;

    /// The same without the mutes that are over.
    Settings asOf(Timestamp now) const;
};

QJsonObject toJson(const Mute& mute);

/// Reads {"until": time} of a mute, which must lie in the future.
Result<Mute> muteFromJson(const QJsonObject& json, AlertKind kind, Timestamp now);

QJsonObject toJson(const Settings& settings);
QByteArray encode(const Settings& settings);

/// What changedSettings() makes `after` of `before` with, mutes aside; empty when they are the same.
QJsonObject changesBetween(const Settings& before, const Settings& after);

/// Reads settings as the server wrote them. What is missing has its default: an older server did not know it.
Result<Settings> settingsFromJson(const QJsonObject& json);

/// The paths ("alerts.usageDropShare") of the settings that a server has not written, as it does not know
/// them.
QStringList missingSettings(const QJsonObject& json);

/// Reads settings as a caller writes them: what is given replaces what is in `now`, unknown fields are
/// refused, and so are the mutes, which have an address of their own.
Result<Settings> changedSettings(const Settings& now, const QJsonObject& changes);

} // namespace prism::protocol
