#pragma once

#include "shared/protocol/timestamp.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace prism::model {

/// What can be set at the server while it runs. What a server does not know is not there.
struct ServerSettings
{
    /// Until then no alert of this kind is raised.
    struct Mute
    {
        QString kind; ///< as on the wire
        protocol::Timestamp until;
        bool operator==(const Mute&) const = default;
    };

    QString checkLevel; ///< strict, standard, relaxed
    std::optional<int> checkTimeoutMs;
    std::optional<int> retentionDays; ///< 0 for ever
    QMap<QString, double> alerts;     ///< thresholds by their names on the wire
    QList<Mute> mutes;

    bool operator==(const ServerSettings&) const = default;

    static ServerSettings fromJson(const QJsonObject& json);

    /// What makes these settings of `before`, without the mutes, which have an address of their own.
    QJsonObject changesSince(const ServerSettings& before) const;
};

} // namespace prism::model
