#pragma once

#include "shared/protocol/record.h"

namespace prism::model {

/// What a person can say about a record.
enum class RecordField { Name, Type, Description, Metrics, Period, Filters };

inline constexpr std::array allRecordFields{RecordField::Name,        RecordField::Type,
                                            RecordField::Description, RecordField::Metrics,
                                            RecordField::Period,      RecordField::Filters};

/// A record as it is edited: what is not given is empty.
struct RecordFields
{
    QString name;
    protocol::RecordType type = protocol::RecordType::Custom;
    QString description;
    QStringList metrics;                    ///< none: all there are
    std::optional<protocol::Period> period; ///< none: the server's usual one
    QJsonObject filters;

    bool operator==(const RecordFields&) const = default;

    static RecordFields of(const protocol::Record& record);

    bool isEqual(RecordField field, const RecordFields& other) const;
    void take(RecordField field, const RecordFields& from);

    /// What creates a record with these fields.
    protocol::RecordDraft draft() const;
    /// What makes these fields of `before`; empty when they are the same. The server replaces metrics, period
    /// and filters together, so they come together.
    protocol::RecordPatch changesSince(const RecordFields& before) const;
};

/// As they are kept in a file.
QJsonObject toJson(const RecordFields& fields);
std::optional<RecordFields> recordFieldsFromJson(const QJsonObject& json);

/// The field that a refusal's detail ("config.metrics: why") is about.
std::optional<RecordField> recordFieldOf(const QString& detail);

} // namespace prism::model
