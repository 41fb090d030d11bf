#pragma once

#include "shared/protocol/alert.h"
#include "shared/protocol/check.h"
#include "shared/protocol/record.h"
#include "shared/protocol/settings.h"

namespace prism::protocol {

// What the events of the log carry, where it is not a whole check, retrospective or alert.

/// A record was made; or changed, then with what was asked for.
struct RecordStored
{
    Record record;
    std::optional<RecordPatch> updates = {};

    bool operator==(const RecordStored&) const = default;
};

/// `encoded` is the record, `updates` what was asked for, encoded as well; empty for a record that was made.
QByteArray recordStoredData(const Record& record, QByteArrayView encoded, QByteArrayView updates = {});
Result<RecordStored> recordStoredFromJson(const QJsonObject& json);

struct RecordRemoved
{
    QString id;
    Timestamp at;

    bool operator==(const RecordRemoved&) const = default;
};

QByteArray encode(const RecordRemoved& removed);
Result<RecordRemoved> recordRemovedFromJson(const QJsonObject& json);

/// One of its violations was marked, or its run was told anew.
struct CheckUpdated
{
    Check check;
    Timestamp at;

    bool operator==(const CheckUpdated&) const = default;
};

/// `encodedCheck` is updated.check.
QByteArray encode(const CheckUpdated& updated, QByteArrayView encodedCheck);
Result<CheckUpdated> checkUpdatedFromJson(const QJsonObject& json);

struct AlertAcknowledged
{
    QString id; ///< of the alert
    Acknowledgement acknowledgement;
    std::optional<Alert> alert = {}; ///< the alert as it is now

    bool operator==(const AlertAcknowledged&) const = default;
};

QByteArray encode(const AlertAcknowledged& acknowledged);
Result<AlertAcknowledged> alertAcknowledgedFromJson(const QJsonObject& json);

struct SettingsUpdated
{
    Settings settings;
    Timestamp at;

    bool operator==(const SettingsUpdated&) const = default;
};

QByteArray encode(const SettingsUpdated& updated);
Result<SettingsUpdated> settingsUpdatedFromJson(const QJsonObject& json);

} // namespace prism::protocol
