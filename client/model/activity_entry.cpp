#include "client/model/activity_entry.h"

#include "shared/protocol/check.h"

#include <QJsonArray>

namespace prism::model {

namespace {

namespace type = protocol::event_type;

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

std::optional<double> durationOf(const QJsonObject& json)
{
    const QJsonValue value = json.value(QLatin1String("duration"));
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
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
    if (name == type::retroCreated)
        return ActivityKind::RetroCreated;
    if (name == type::alert)
        return ActivityKind::Alert;
    return ActivityKind::Other;
}

ActivityStatus statusOf(const QJsonObject& check)
{
    switch (protocol::checkStatusFromString(text(check, "status")).value_or(protocol::CheckStatus::Pass)) {
    case protocol::CheckStatus::Pass:
        return ActivityStatus::Pass;
    case protocol::CheckStatus::Warning:
        return ActivityStatus::Warning;
    case protocol::CheckStatus::Blocked:
        return ActivityStatus::Blocked;
    }
    return ActivityStatus::Info;
}

void describeCheck(ActivityEntry& entry)
{
    const QJsonObject check = inner(entry.data, "check");
    entry.status = statusOf(check);
    entry.subject = firstOf({text(check, "project"), text(check, "user"), text(check, "id")});
    entry.duration = durationOf(check);
    entry.violations = static_cast<int>(check.value(QLatin1String("violations")).toArray().size());
}

} // namespace

ActivityEntry ActivityEntry::fromEvent(const protocol::Event& event)
{
    ActivityEntry entry;
    entry.seq = event.seq;
    entry.time = event.timestamp;
    entry.kind = kindOf(event.type);
    entry.type = event.type;
    entry.data = event.data;
    switch (entry.kind) {
    case ActivityKind::RecordCreated:
    case ActivityKind::RecordUpdated:
    case ActivityKind::RecordDeleted:
        entry.subject = firstOf({text(inner(event.data, "record"), "name"), text(event.data, "id")});
        break;
    case ActivityKind::CheckCompleted:
        describeCheck(entry);
        break;
    case ActivityKind::RetroCreated: {
        const QJsonObject retro = inner(event.data, "retro");
        entry.subject = firstOf({text(retro, "project"), text(retro, "summary"), text(retro, "id")});
        entry.duration = durationOf(retro);
        break;
    }
    case ActivityKind::Alert:
        entry.status = ActivityStatus::Warning;
        entry.subject = text(event.data, "message");
        break;
    case ActivityKind::Other:
        entry.subject = text(event.data, "id");
        break;
    }
    return entry;
}

} // namespace prism::model
