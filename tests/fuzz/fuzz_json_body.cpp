#include "server/api/json_body.h"
#include "shared/protocol/check.h"
#include "shared/protocol/event.h"
#include "shared/protocol/false_positive.h"
#include "shared/protocol/json_scan.h"
#include "shared/protocol/json_slices.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/record.h"
#include "shared/protocol/retro.h"
#include "shared/protocol/settings.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace prism;
using fuzz::require;
using protocol::Timestamp;

namespace {

constexpr int maxDepth = 32;
constexpr std::size_t mostEntries = 50;
constexpr Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 2 / 7}};
constexpr Timestamp latest = now + protocol::farthestAhead;

template <typename T>
QJsonObject written(const T& value)
{
    const auto read = protocol::parseObject(encode(value), maxDepth);
    require(read.has_value(), "what is written can be parsed");
    return *read;
}

void requireStorable(const QJsonValue& value)
{
    if (value.isString())
        require(fuzz::isStorable(value.toString()), "accepted text can be stored");
    const QJsonArray array = value.toArray();
    for (const auto& entry : array)
        requireStorable(entry);
    const QJsonObject object = value.toObject();
    for (auto field = object.begin(); field != object.end(); ++field) {
        if (field.key() != QLatin1String("filters")) // kept as JSON, where escapes stay escapes
            requireStorable(field.value());
    }
}

template <typename T, typename Read>
void requireSame(const T& value, const Read& read)
{
    const QJsonObject json = written(value);
    const auto again = read(json);
    require(again && *again == value, "what was accepted survives being written");
    requireStorable(json);
}

void tryRecord(const QJsonObject& object)
{
    if (const auto draft = protocol::recordDraftFromJson(object)) {
        const protocol::Record record{QStringLiteral("id"),
                                      draft->type,
                                      draft->name,
                                      draft->description,
                                      draft->config,
                                      now,
                                      latest,
                                      draft->createdBy,
                                      1};
        requireSame(record, protocol::recordFromJson);
    }
    if (const auto record = protocol::recordFromJson(object))
        requireSame(*record, protocol::recordFromJson);
    if (const auto patch = protocol::recordPatchFromJson(object)) {
        const QJsonObject json = written(*patch);
        const auto again = protocol::recordPatchFromJson(json);
        require(again && encode(*again) == encode(*patch), "a patch survives being written");
        requireStorable(json);
    }
}

void trySettings(const QJsonObject& object)
{
    const protocol::Settings before;
    if (const auto settings = protocol::changedSettings(before, object)) {
        requireSame(*settings, protocol::settingsFromJson);
        const auto again = protocol::changedSettings(*settings, object);
        require(again && *again == *settings, "the same change again changes nothing");
        require(settings->alerts.violationSpikeEvidence >= 1 && settings->alerts.performanceFactor >= 1.2,
                "as little evidence raises no alert");
        require(settings->checkTimeout.count() >= 10 && settings->retentionDays >= 0 &&
                    settings->alerts.usageDropShare < 1,
                "settings are within their bounds");
    }
    if (const auto settings = protocol::settingsFromJson(object))
        requireSame(*settings, protocol::settingsFromJson);
    if (const auto mute = protocol::muteFromJson(object, protocol::AlertKind::UsageDrop, now))
        require(mute->until > now, "a mute ends in the future");
}

void tryAlert(const QJsonObject& object)
{
    if (const auto alert = protocol::alertFromJson(object))
        requireSame(*alert, protocol::alertFromJson);
    if (const auto acknowledgement = protocol::acknowledgementFromJson(object, now))
        require(acknowledgement->by.size() <= 100 && fuzz::isStorable(acknowledgement->by),
                "who acknowledges can be stored");
}

void tryMark(const QJsonObject& object)
{
    if (const auto mark = protocol::violationMarkFromJson(object)) {
        require(fuzz::isStorable(mark->reason) && fuzz::isStorable(mark->by), "why and who can be stored");
        const auto again = protocol::violationMarkFromJson(toJson(*mark));
        require(again && *again == *mark, "a mark survives being written");
    }
    if (const auto marked = protocol::falsePositiveFromJson(object))
        requireSame(*marked, protocol::falsePositiveFromJson);
}

void tryObject(const QJsonObject& object)
{
    tryMark(object);
    tryRecord(object);
    trySettings(object);
    tryAlert(object);
    if (const auto check = protocol::checkFromJson(object, now, latest)) {
        require(check->timestamp <= latest && check->duration.value_or(0) >= 0,
                "a check is within its bounds");
        requireSame(*check, [](const QJsonObject& json) { return protocol::checkFromJson(json); });
    }
    if (const auto retro = protocol::retroFromJson(object, now, latest)) {
        require(retro->timestamp <= latest && retro->duration >= 0, "a retrospective is within its bounds");
        requireSame(*retro, [](const QJsonObject& json) { return protocol::retroFromJson(json); });
    }
    if (auto event = protocol::eventFromJson(object)) {
        event->type = protocol::event_type::alert; // the server's own types need no escapes, and get none
        const auto again = protocol::eventFromJson(written(*event));
        require(again && *again == *event, "an event survives being written");
    }
}

/// The scan against another reader, which takes more than JSON: of what the scan takes, the other must make
/// the same, and what is written of it must read alike.
void tryScan(const QByteArray& body)
{
    const protocol::JsonScan scan(body, maxDepth);
    const auto value = protocol::parseJson(body, maxDepth);
    require(value.has_value() == (!scan.malformed() && scan.unstorable().empty()), "the scan decides");
    if (scan.malformed()) {
        const protocol::JsonFault& fault = *scan.malformed();
        require(fault.at >= 0 && fault.at <= body.size() && !fault.why.isEmpty(),
                "a fault has place and reason");
        return;
    }
    require(body.isValidUtf8(), "JSON is UTF-8");
    for (const protocol::JsonFault& fault : scan.unstorable())
        require(fault.at < body.size(), "a fault is within the text");
    if (!value)
        return;
    QJsonParseError problem;
    const QJsonDocument other = QJsonDocument::fromJson('[' + body + ']', &problem);
    require(problem.error == QJsonParseError::NoError, "another reader takes what the scan takes");
    require(scan.hasMarkedText() || other.array().first() == *value, "and the same, but for what it drops");
    const auto again = protocol::parseJson(protocol::writtenJson(*value), maxDepth);
    require(again && protocol::writtenJson(*again) == protocol::writtenJson(*value),
            "what was read survives being written");
    const QJsonObject object = value->toObject();
    for (auto field = object.begin(); field != object.end(); ++field) {
        const QByteArray name = field.key().toLatin1();
        if (QString::fromLatin1(name) != field.key())
            continue;
        const auto slice = protocol::sliceOf(body, {QLatin1String(name)});
        require(slice && protocol::parseJson(slice->toByteArray(), maxDepth) == field.value(),
                "a slice is the text of its value");
    }
}

void tryBulk(const QByteArray& body, const QByteArray& contentType)
{
    http::Request request;
    request.body = body;
    request.headers.add("content-type", contentType);
    const auto bulk = api::parseBulk(request, maxDepth, mostEntries);
    if (!bulk)
        return;
    require(!bulk->tooMany && bulk->entries.size() <= mostEntries, "no more entries than allowed");
    require(!bulk->entries.empty() || !bulk->problems.isEmpty(), "entries, or problems");
    require(bulk->form != api::BulkBody::Form::Single || bulk->entries.size() == 1, "a single entry is one");
    for (const api::BulkEntry& entry : bulk->entries) {
        require(bulk->form == api::BulkBody::Form::Single || !bulk->placeOf(entry).isEmpty(),
                "an entry has a place");
        tryObject(entry.object);
    }
}

} // namespace

/// The input is a body, taken by every endpoint that takes one, under both content types.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const QByteArray body = fuzz::toBytes(data, size);
    tryScan(body);
    if (const auto object = protocol::parseObject(body, maxDepth))
        tryObject(*object);
    tryBulk(body, "application/json; charset=utf-8");
    tryBulk(body, "Application/X-NDJSON");
    return 0;
}
