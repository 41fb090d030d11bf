#include "shared/protocol/gate_state.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_writer.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String projectField("project"), gateField("gate"), branchField("branch"),
    statusField("status"), sinceField("since"), streakField("streak"), timestampField("timestamp"),
    checkIdField("checkId"), commitField("commit"), urlField("url"), userField("user"),
    lastPassField("lastPass"), staleField("stale"), fromField("from"), toField("to"), checkField("check");

constexpr qsizetype maxText = 300;

void writeText(JsonWriter& json, QLatin1String name, const QString& text)
{
    if (!text.isEmpty())
        json.field(name, text);
}

std::optional<CheckStatus> readStatus(ObjectReader& reader, QLatin1String name, Presence presence)
{
    const std::optional<QString> text = reader.text(name, presence, maxText);
    const auto status = text ? checkStatusFromString(*text) : std::nullopt;
    if (text && !status)
        reader.refuse(ErrorCode::Validation, name, QStringLiteral("must be one of PASS, WARNING, BLOCKED"));
    return status;
}

} // namespace

QByteArray encode(const GateState& gate)
{
    QByteArray text;
    text.reserve(400);
    JsonWriter json(text);
    json.beginObject();
    json.field(projectField, gate.name.project);
    json.field(gateField, gate.name.gate);
    writeText(json, branchField, gate.branch);
    json.field(statusField, toString(gate.status));
    json.field(sinceField, gate.since);
    json.field(streakField, gate.streak);
    json.field(timestampField, gate.timestamp);
    json.field(checkIdField, gate.checkId);
    writeText(json, commitField, gate.commit);
    writeText(json, urlField, gate.url);
    writeText(json, userField, gate.user);
    if (gate.lastPass)
        json.field(lastPassField, *gate.lastPass);
    json.field(staleField, gate.isStale);
    json.endObject();
    return text;
}

QByteArray encode(const GateChanged& changed, QByteArrayView encodedCheck)
{
    QByteArray text;
    text.reserve(encodedCheck.size() + 256);
    JsonWriter json(text);
    json.beginObject();
    json.field(projectField, changed.name.project);
    json.field(gateField, changed.name.gate);
    writeText(json, branchField, changed.branch);
    json.key(fromField);
    if (changed.from)
        json.value(toString(*changed.from));
    else
        json.null();
    json.field(toField, toString(changed.to));
    json.key(checkField);
    json.raw(encodedCheck);
    json.field(timestampField, changed.at);
    json.endObject();
    return text;
}

Result<GateChanged> gateChangedFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    GateChanged changed;
    changed.name.project = reader.text(projectField, Presence::Optional, maxText).value_or(QString());
    changed.name.gate = reader.text(gateField, Presence::Required, maxText).value_or(QString());
    changed.branch = reader.text(branchField, Presence::Optional, maxText).value_or(QString());
    changed.from = readStatus(reader, fromField, Presence::Optional);
    changed.to = readStatus(reader, toField, Presence::Required).value_or(CheckStatus::Pass);
    changed.at = reader.timestamp(timestampField, Presence::Required, Timestamp::max()).value_or(Timestamp());
    if (const auto check = reader.object(checkField, Presence::Required)) {
        const Result<Check> inner = checkFromJson(*check);
        if (inner)
            changed.check = *inner;
        else
            reader.refuse(inner.error().code, checkField, inner.error().message);
    }
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The event does not say what its type promises.")));
    return changed;
}

} // namespace prism::protocol
