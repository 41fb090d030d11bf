#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/object_text.h"
#include "shared/protocol/period.h"
#include "shared/protocol/timestamp.h"

#include <QJsonObject>
#include <QLatin1String>

#include <optional>

namespace prism::protocol {

enum class RecordType { Custom, Scheduled, Adhoc };

QLatin1String toString(RecordType type);
std::optional<RecordType> recordTypeFromString(QStringView text);

/// What a record computes when it is run.
struct RecordConfig
{
    QStringList metrics;
    std::optional<Period> period;
    ObjectText filters;

    bool operator==(const RecordConfig&) const = default;
};

/// How much a record may say.
struct RecordLimits
{
    qsizetype configBytes = 16'384; ///< of the config as JSON: every list of records carries it
};

/// What a caller says to create a record: name of 1 to 100 characters, description up to 500.
struct RecordDraft
{
    RecordType type = RecordType::Custom;
    QString name;
    std::optional<QString> description;
    std::optional<RecordConfig> config;
    std::optional<QString> createdBy;

    bool operator==(const RecordDraft&) const = default;
};

/// What a caller says to change a record: only the fields given change.
struct RecordPatch
{
    std::optional<int> version; ///< the version the caller saw; the change is refused when it moved on
    std::optional<RecordType> type;
    std::optional<QString> name;
    std::optional<QString> description;
    std::optional<RecordConfig> config;

    bool operator==(const RecordPatch&) const = default;

    bool isEmpty() const { return !type && !name && !description && !config; }
};

/// A saved analytics definition.
struct Record
{
    QString id; ///< UUID version 7
    RecordType type = RecordType::Custom;
    QString name;
    std::optional<QString> description;
    std::optional<RecordConfig> config;
    Timestamp createdAt;
    Timestamp updatedAt;
    std::optional<QString> createdBy;
    int version = 1; ///< one more with each change

    bool operator==(const Record&) const = default;
};

/// As compact UTF-8 JSON.
QByteArray encode(const Record& record);
QByteArray encode(const RecordDraft& draft);
QByteArray encode(const RecordPatch& patch);

/// What encode() wrote of a record.
Result<Record> decodeRecord(const QByteArray& text);

/// The same of an object, whose filters are as JsonWriter writes them.
Result<Record> recordFromJson(const QJsonObject& json);

// `text` is the JSON that `json` was read from, of which filters are kept as they came; without it they are
// as JsonWriter writes them.

/// Unknown fields are refused.
Result<RecordDraft> recordDraftFromJson(const QJsonObject& json, const RecordLimits& limits = {},
                                        QByteArrayView text = {});

/// Unknown fields are ignored; a body that changes nothing is refused.
Result<RecordPatch> recordPatchFromJson(const QJsonObject& json, const RecordLimits& limits = {},
                                        QByteArrayView text = {});

} // namespace prism::protocol
