#include "client/model/activity_entry.h"

#include "shared/protocol/check.h"
#include "shared/protocol/json_reader.h"

#include <QJsonArray>

namespace prism::model {

namespace {

namespace type = protocol::event_type;

constexpr QLatin1String durationField("duration");

QString text(const QJsonObject& json, const char* field)
{
    return json.value(QLatin1String(field)).toString();
}

QString firstOf(std::initializer_list<QString> texts)
{
    for (const QString& candidate : texts) {
        if (!candidate.isEmpty())
            return candidate;
    }
    return {};
}

QJsonObject inner(const QJsonObject& data, const char* field)
{
    const QJsonValue value = data.value(QLatin1String(field));
    return value.isObject() ? value.toObject() : data;
}

ActivityKind kindOf(const QString& name)
{
    if (name == type::recordCreated)
        return ActivityKind::RecordCreated;
    if (name == type::recordUpdated)
        return ActivityKind::RecordUpdated;
    if (name == type::recordDeleted)
        return ActivityKind::RecordDeleted;
    if (name == type::checkCompleted)
        return ActivityKind::CheckCompleted;
    if (name == type::checkUpdated)
        return ActivityKind::CheckUpdated;
    if (name == type::gateChanged)
        return ActivityKind::GateChanged;
    if (name == type::retroCreated)
        return ActivityKind::RetroCreated;
    if (name == type::alert)
        return ActivityKind::Alert;
    if (name == type::alertAcknowledged)
        return ActivityKind::AlertAcknowledged;
    if (name == type::settingsUpdated)
        return ActivityKind::SettingsUpdated;
    if (name == type::principlesUpdated)
        return ActivityKind::PrinciplesUpdated;
    return ActivityKind::Other;
}

ActivityStatus statusNamed(const QString& name)
{
    switch (protocol::checkStatusFromString(name).value_or(protocol::CheckStatus::Pass)) {
    case protocol::CheckStatus::Pass:
        return ActivityStatus::Pass;
    case protocol::CheckStatus::Warning:
        return ActivityStatus::Warning;
    case protocol::CheckStatus::Blocked:
        return ActivityStatus::Blocked;
    }
    return ActivityStatus::Info;
}

/// Its own time, however late it came.
protocol::Timestamp timeOf(const QJsonObject& happened, protocol::Timestamp told)
{
    return protocol::fromIso(text(happened, "timestamp")).value_or(told);
}

/// The gate within its project.
QString subjectOf(const QJsonObject& check)
{
    QStringList parts{text(check, "project"), text(check, "gate")};
    parts.removeAll(QString());
    return firstOf({parts.join(QStringLiteral(" / ")), text(check, "user")});
}

QString nameOf(const QJsonObject& violation)
{
    QStringList parts{text(violation, "principleId"), placeOf(violation)};
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

int liveCount(const QJsonObject& counts)
{
    int sum = 0;
    for (const char* severity : {"block", "warning", "info"})
        sum += counts.value(QLatin1String(severity)).toInt();
    return sum;
}

/// The gate, and where the check ran by which it stands as it does.
QJsonObject gateObject(const QJsonObject& data)
{
    QJsonObject gate;
    const QJsonObject check = data.value(QLatin1String("check")).toObject();
    for (const QLatin1String field :
         {QLatin1String("project"), QLatin1String("gate"), QLatin1String("branch"), QLatin1String("from")})
        gate.insert(field, data.value(field));
    for (const QLatin1String field :
         {QLatin1String("id"), QLatin1String("commit"), QLatin1String("url"), QLatin1String("user")})
        gate.insert(field, check.value(field));
    return gate;
}

void describeCheck(ActivityEntry& entry)
{
    const QJsonObject check = inner(entry.data, "check");
    entry.status = statusNamed(text(check, "status"));
    entry.subject = subjectOf(check);
    entry.duration = protocol::numberOf(check[durationField]);
    entry.gravest.clear();
    entry.violations = 0;
    std::optional<protocol::Severity> worst;
    const QJsonArray violations = check.value(QLatin1String("violations")).toArray();
    for (const auto& value : violations) {
        const QJsonObject violation = value.toObject();
        const auto severity =
            protocol::severityFromString(text(violation, "severity")).value_or(protocol::Severity::Warning);
        if (violation.value(QLatin1String("falsePositive")).toBool())
            continue;
        ++entry.violations;
        if (!worst || severity > *worst) {
            worst = severity;
            entry.gravest = nameOf(violation);
        }
    }
    if (check.value(QLatin1String("counts")).isObject()) // of those that are not listed too
        entry.violations = liveCount(check.value(QLatin1String("counts")).toObject());
}

} // namespace

QString placeOf(const QJsonObject& violation)
{
    QString place = text(violation, "file");
    if (place.isEmpty())
        return place;
    for (const char* field : {"line", "column"}) {
        const qint64 number = violation.value(QLatin1String(field)).toInteger();
        if (number <= 0)
            break;
        place += QLatin1Char(':') + QString::number(number);
    }
    return place;
}

ActivityEntry ActivityEntry::fromEvent(const protocol::Event& event)
{
    ActivityEntry entry;
    entry.seq = event.seq;
    entry.time = event.timestamp;
    entry.told = event.timestamp;
    entry.kind = kindOf(event.type);
    entry.type = event.type;
    entry.data = event.data;
    switch (entry.kind) {
    case ActivityKind::RecordCreated:
    case ActivityKind::RecordUpdated:
    case ActivityKind::RecordDeleted:
        entry.subject = text(inner(event.data, "record"), "name");
        break;
    case ActivityKind::CheckCompleted:
        entry.time = timeOf(inner(event.data, "check"), event.timestamp);
        describeCheck(entry);
        break;
    case ActivityKind::CheckUpdated: // it was marked now
        describeCheck(entry);
        break;
    case ActivityKind::GateChanged:
        entry.status = statusNamed(text(event.data, "to"));
        if (const QString before = text(event.data, "from"); !before.isEmpty())
            entry.before = statusNamed(before);
        entry.subject = subjectOf(event.data);
        break;
    case ActivityKind::RetroCreated: {
        const QJsonObject retro = inner(event.data, "retro");
        entry.time = timeOf(retro, event.timestamp);
        entry.subject = firstOf({text(retro, "project"), text(retro, "summary")});
        entry.duration = protocol::numberOf(retro[durationField]);
        break;
    }
    case ActivityKind::Alert:
    case ActivityKind::AlertAcknowledged:
        entry.subject = text(entry.object(), "message");
        entry.severity = protocol::valueOf(protocol::alertSeverityNames, text(entry.object(), "severity"));
        break;
    case ActivityKind::SettingsUpdated:
    case ActivityKind::PrinciplesUpdated:
    case ActivityKind::Other:
        break;
    }
    return entry;
}

QJsonObject ActivityEntry::object() const
{
    switch (kind) {
    case ActivityKind::RecordCreated:
    case ActivityKind::RecordUpdated:
    case ActivityKind::RecordDeleted:
        return inner(data, "record");
    case ActivityKind::CheckCompleted:
    case ActivityKind::CheckUpdated:
        return inner(data, "check");
    case ActivityKind::GateChanged:
        return gateObject(data);
    case ActivityKind::RetroCreated:
        return inner(data, "retro");
    case ActivityKind::AlertAcknowledged:
        return inner(data, "alert");
    case ActivityKind::SettingsUpdated:
        return inner(data, "settings");
    case ActivityKind::Alert:
    case ActivityKind::PrinciplesUpdated:
    case ActivityKind::Other:
        break;
    }
    return data;
}

bool ActivityEntry::revise(const ActivityEntry& update)
{
    if (kind != ActivityKind::CheckCompleted || update.kind != ActivityKind::CheckUpdated ||
        text(object(), "id") != text(update.object(), "id"))
        return false;
    data = update.object();
    describeCheck(*this);
    return true;
}

} // namespace prism::model
