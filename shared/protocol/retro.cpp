#include "shared/protocol/retro.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

namespace prism::protocol {

namespace {

constexpr std::array<Name<RetroType>, 3> typeNames{
    {{RetroType::Quick, "quick"}, {RetroType::Standard, "standard"}, {RetroType::Deep, "deep"}}};

constexpr qsizetype maxId = 100;
constexpr qsizetype maxSummary = 10'000;
constexpr qsizetype maxEntries = 200;
constexpr qsizetype maxEntry = 2'000;
constexpr double maxDuration = 1e12;

constexpr QLatin1String idField("id"), typeField("type"), projectField("project"), durationField("duration"),
    summaryField("summary"), lessonsField("lessons"), improvementsField("improvements"),
    timestampField("timestamp"), userField("user");

/// Who writes to the server is told of what it does not know; what a newer server says more is passed over.
enum class Unknown { Refused, PassedOver };

Result<Retro> readRetro(const QJsonObject& json, Timestamp now, Timestamp latest, Unknown unknown)
{
    Problems problems;
    ObjectReader reader(json, problems);
    Retro retro;
    retro.id = reader.text(idField, Presence::Optional, maxId).value_or(QString());
    retro.type = reader.choice(typeField, Presence::Required, typeNames).value_or(RetroType::Quick);
    retro.project = reader.text(projectField, Presence::Optional, maxId).value_or(QString());
    retro.duration = reader.number(durationField, Presence::Required, 0, maxDuration).value_or(0);
    retro.summary = reader.text(summaryField, Presence::Optional, maxSummary).value_or(QString());
    retro.lessons =
        reader.texts(lessonsField, Presence::Optional, maxEntries, maxEntry).value_or(QStringList());
    retro.improvements =
        reader.texts(improvementsField, Presence::Optional, maxEntries, maxEntry).value_or(QStringList());
    retro.timestamp = reader.timestamp(timestampField, Presence::Optional, latest).value_or(now);
    retro.user = reader.text(userField, Presence::Optional, maxId).value_or(QString());
    if (unknown == Unknown::Refused)
        reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The retrospective is not valid.")));
    return retro;
}

} // namespace

QLatin1String toString(RetroType type)
{
    return nameOf(typeNames, type);
}

std::optional<RetroType> retroTypeFromString(QStringView text)
{
    return valueOf(typeNames, text);
}

QByteArray encode(const Retro& retro)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    json.field(idField, retro.id);
    json.field(typeField, toString(retro.type));
    if (!retro.project.isEmpty())
        json.field(projectField, retro.project);
    json.field(durationField, retro.duration);
    if (!retro.summary.isEmpty())
        json.field(summaryField, retro.summary);
    json.field(lessonsField, retro.lessons);
    json.field(improvementsField, retro.improvements);
    json.field(timestampField, retro.timestamp);
    if (!retro.user.isEmpty())
        json.field(userField, retro.user);
    json.endObject();
    return text;
}

Result<Retro> retroFromJson(const QJsonObject& json, Timestamp now, Timestamp latest)
{
    return readRetro(json, now, latest, Unknown::Refused);
}

Result<Retro> retroFromJson(const QJsonObject& json)
{
    return readRetro(json, Timestamp(), Timestamp::max(), Unknown::PassedOver);
}

} // namespace prism::protocol
