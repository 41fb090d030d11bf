#pragma once

#include "shared/protocol/json_reader.h"

#include <QJsonObject>
#include <QLatin1String>
#include <QList>

namespace prism::protocol {

class JsonWriter;

/// How much a violation weighs.
enum class Severity { Info, Warning, Block };

QLatin1String toString(Severity severity);
std::optional<Severity> severityFromString(QStringView text);

/// A principle that a check found broken, and where. Empty texts mean "not said".
struct Violation
{
    QString principleId; ///< up to 300 characters
    QString principleName;
    Severity severity = Severity::Warning;
    QString message;
    bool falsePositive = false; ///< a person said that it does not count
    QString pattern = {};       ///< the rule's pattern that matched
    QString file = {};          ///< as the tool wrote it, up to 1,000 characters
    int line = 0;               ///< from 1; 0 where it is not said, or the file as a whole is meant
    int column = 0;             ///< the same within the line
    QString url = {};           ///< where a person reads about it
    QString fingerprint = {};   ///< by which the tool knows it again, up to 300 characters

    bool operator==(const Violation&) const = default;
};

/// How many violations there are: those that count, by severity, and those that do not.
struct ViolationCounts
{
    qint64 block = 0;
    qint64 warning = 0;
    qint64 info = 0;
    qint64 falsePositive = 0;

    /// Counts it `times` times; −1 takes it away.
    void add(const Violation& violation, int times = 1);
    qint64 live() const { return block + warning + info; }
    qint64 all() const { return live() + falsePositive; }

    bool operator==(const ViolationCounts&) const = default;
};

/// About how many bytes its texts take.
qsizetype textSize(const Violation& violation);

ViolationCounts countsOf(const QList<Violation>& violations);

/// Who writes to the server is told of what it does not know; what a newer server says more is passed over.
enum class UnknownFields { Refused, PassedOver };

Violation readViolation(ObjectReader& reader, UnknownFields unknown);
void write(JsonWriter& json, const Violation& violation);

/// As compact UTF-8 JSON.
QByteArray encode(const Violation& violation);

ViolationCounts readCounts(ObjectReader& reader);
void write(JsonWriter& json, const ViolationCounts& counts);

/// The principle, the place and the beginning of the message, in 4 KiB of JSON whatever the texts are.
Violation abridged(const Violation& violation);

/// What a person says of one violation of a check, and so of every one that is known as the same.
struct ViolationMark
{
    bool falsePositive = true;
    QString reason = {}; ///< up to 500 characters
    QString by = {};     ///< up to 100 characters; empty when nobody said so

    bool operator==(const ViolationMark&) const = default;
};

QJsonObject toJson(const ViolationMark& mark);

/// UnknownFields fields are refused.
Result<ViolationMark> violationMarkFromJson(const QJsonObject& json);

} // namespace prism::protocol
