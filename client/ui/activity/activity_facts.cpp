#include "client/ui/activity/activity_facts.h"

#include "client/ui/activity/activity_texts.h"
#include "client/ui/alerts/alert_sentence.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/records/record_words.h"
#include "client/ui/settings/server_settings_words.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/terms.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <iterator>

namespace prism::ui {

using model::ActivityKind;

namespace {

struct FieldName
{
    const char* field;
    const char* name;
};

/// In the order in which they are shown.
constexpr FieldName fieldNames[] = {
    {"id", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Id")},
    {"name", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Name")},
    {"message", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Message")},
    {"project", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Project")},
    {"gate", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Gate")},
    {"branch", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Branch")},
    {"commit", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Commit")},
    {"url", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Run")},
    {"from", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Before")},
    {"origin", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Ran on")},
    {"user", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "User")},
    {"session", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Session")},
    {"duration", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Duration")},
    {"type", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Type")},
    {"kind", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Type")},
    {"metric", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Metric")},
    {"value", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Value")},
    {"expected", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Expected")},
    {"state", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "State")},
    {"since", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Since")},
    {"checks", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Checks")},
    {"limitMs", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Slow from (ms)")},
    {"resolvedAt", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Over since")},
    {"acknowledgedBy", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Acknowledged by")},
    {"acknowledgedAt", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Acknowledged at")},
    {"description", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Description")},
    {"summary", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Summary")},
    {"lessons", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Lessons")},
    {"improvements", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Improvements")},
    {"metrics", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Metrics")},
    {"period", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Period")},
    {"filters", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Filters")},
    {"createdBy", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Created by")},
    {"createdAt", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Created")},
    {"updatedAt", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Changed")},
    {"version", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Version")},
    {"note", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Note")},
    {"principles", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Principles")},
    {"builtIn", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Built in")},
    {"restoredFrom", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Restored from version")},
};

constexpr QLatin1String violationsField("violations"), durationField("duration"), configField("config"),
    noteField("note");

/// Said under another name already, or shown apart.
bool isSaidElsewhere(const QString& field)
{
    return field == QLatin1String("status") || field == QLatin1String("severity") ||
           field == QLatin1String("timestamp") || field == QLatin1String("bucket") ||
           field == QLatin1String("mutes") || field == QLatin1String("counts") || field == violationsField ||
           field == configField;
}

/// What a field holds where that is one of a few names on the wire; empty for all else.
QString wordOf(const QString& field, const QString& value)
{
    if (field == QLatin1String("type")) {
        if (const auto record = protocol::recordTypeFromString(value))
            return RecordWords::type(*record);
        const auto retro = protocol::retroTypeFromString(value);
        return retro ? Terms::retroType(*retro) : QString();
    }
    if (field == QLatin1String("origin")) {
        const auto origin = protocol::checkOriginFromString(value);
        return origin ? Terms::origin(*origin) : QString();
    }
    if (field == QLatin1String("from")) {
        const auto status = protocol::checkStatusFromString(value);
        return status ? Terms::checkStatus(*status) : QString();
    }
    if (field == QLatin1String("kind"))
        return AlertTexts::kindText(
            protocol::valueOf(protocol::alertKindNames, value).value_or(protocol::AlertKind::Other));
    if (field == QLatin1String("state")) {
        const auto state = protocol::valueOf(protocol::alertStateNames, value);
        return state ? AlertTexts::stateText(*state) : QString();
    }
    if (field == QLatin1String("period")) {
        const auto period = protocol::periodFromString(value);
        return period ? Terms::period(*period) : QString();
    }
    if (field == QLatin1String("checkLevel"))
        return ServerSettingsWords::level(value);
    return field == QLatin1String("metric") ? Terms::metric(value) : QString();
}

/// A list of texts, each on a line; nothing where it is a list of something else.
std::optional<QString> linesOf(const QString& field, const QJsonArray& list)
{
    QStringList lines;
    for (const auto& each : list) {
        if (!each.isString())
            return std::nullopt;
        lines.append(field == QLatin1String("metrics") ? Terms::metric(each.toString()) : each.toString());
    }
    return lines.join(QLatin1Char('\n'));
}

/// What a browser may be asked to open: what somebody sent may name a program instead.
QUrl webAddress(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return url.isValid() && isWeb && !url.host().isEmpty() ? url : QUrl();
}

/// What a server notes of a check, in English, with its numbers; nothing where it is something else.
std::optional<std::pair<qint64, qint64>> keptOf(const QString& note)
{
    static const QRegularExpression kept(
        QStringLiteral(R"(^Of (\d+) violations the gravest (\d+) are kept\.$)"));
    const auto match = kept.match(note);
    if (!match.hasMatch())
        return std::nullopt;
    return std::pair(match.captured(1).toLongLong(), match.captured(2).toLongLong());
}

QString moment(const QLocale& locale, protocol::Timestamp time)
{
    return locale.toString(protocol::toDateTime(time).toLocalTime(), QLocale::LongFormat);
}

} // namespace

ActivityFacts::ActivityFacts(const model::ActivityEntry& entry, const QLocale& locale)
    : m_locale(locale)
    , m_isCheck(entry.kind == ActivityKind::CheckCompleted || entry.kind == ActivityKind::CheckUpdated)
{
    m_facts = {{tr("Event"), ActivityTexts::typeText(entry.kind)}, {tr("Time"), moment(locale, entry.time)}};
    if (entry.severity)
        m_facts.append({tr("Severity"), AlertTexts::severityText(*entry.severity)});
    else
        m_facts.append({tr("Status"), ActivityTexts::statusText(entry.status)});
    QJsonObject object = entry.object();
    if (entry.kind == ActivityKind::RecordDeleted && !entry.subject.isEmpty())
        object.insert(QLatin1String("name"), entry.subject);
    if (entry.kind == ActivityKind::Alert || entry.kind == ActivityKind::AlertAcknowledged) {
        if (const auto alert = protocol::alertFromJson(object))
            object.insert(QLatin1String("message"), AlertSentence::of(*alert, locale));
    }
    if (m_isCheck && !entry.duration)
        object.insert(durationField, QJsonValue::Null);
    if (entry.kind == ActivityKind::SettingsUpdated)
        addSettings(object, {});
    else
        addObject(object);
    if (entry.seq > 0) // else it comes from elsewhere
        m_facts.append({tr("Number"), locale.toString(entry.seq)});
    if (m_isCheck || entry.kind == ActivityKind::GateChanged)
        m_run = webAddress(object.value(QLatin1String("url")).toString());
    if (m_isCheck) {
        m_checkId = object.value(QLatin1String("id")).toString();
        addViolations(object.value(violationsField).toArray());
        addUnlisted(entry.violations);
    }
}

void ActivityFacts::addSettings(const QJsonObject& settings, const QString& path)
{
    for (auto each = settings.begin(); each != settings.end(); ++each) {
        const QString key = path + each.key();
        if (each->isObject())
            addSettings(each->toObject(), key + QLatin1Char('.'));
        else if (!isSaidElsewhere(key))
            m_facts.append({ServerSettingsWords::name(key), valueText(key, each.value())});
    }
}

void ActivityFacts::addObject(const QJsonObject& said)
{
    QJsonObject object = said;
    const QJsonObject config = said.value(configField).toObject();
    for (auto each = config.begin(); each != config.end(); ++each)
        object.insert(each.key(), each.value());
    for (const FieldName& known : fieldNames) {
        const QJsonValue value = object.value(QLatin1String(known.field));
        const bool isCheckTime = m_isCheck && QLatin1String(known.field) == QLatin1String("duration");
        if (const QString text = valueText(QLatin1String(known.field), value); !text.isEmpty())
            m_facts.append({isCheckTime ? tr("Check time") : tr(known.name), text});
    }
    const QStringList fields = object.keys();
    for (const QString& field : fields) {
        const bool known = std::ranges::any_of(
            fieldNames, [&](const FieldName& name) { return field == QLatin1String(name.field); });
        const QString text = valueText(field, object.value(field));
        if (!known && !isSaidElsewhere(field) && !text.isEmpty())
            m_facts.append({field, text});
    }
}

void ActivityFacts::addViolations(const QJsonArray& list)
{
    for (const auto& value : list) {
        const QJsonObject violation = value.toObject();
        const auto text = [&](const char* field) { return violation.value(QLatin1String(field)).toString(); };
        QString name = text("principleId");
        if (const QString principle = text("principleName"); !principle.isEmpty())
            name += QLatin1Char(' ') + principle;
        const auto severity = protocol::severityFromString(text("severity"));
        QStringList said{severity ? Terms::severity(*severity) : QString(), model::placeOf(violation),
                         text("message")};
        const bool falsePositive = violation.value(QLatin1String("falsePositive")).toBool();
        if (falsePositive)
            said.append(tr("false positive"));
        said.removeAll(QString());
        m_violations.append(
            {int(m_violations.size()), {name, said.join(QStringLiteral(" · "))}, falsePositive});
    }
}

/// An event lists the first of many.
void ActivityFacts::addUnlisted(qint64 violations)
{
    const auto listed =
        std::ranges::count_if(m_violations, [](const ViolationFact& each) { return !each.falsePositive; });
    if (violations > listed)
        m_facts.append(
            {tr("Violations"), tr("%1, of which the first %2 are listed")
                                   .arg(m_locale.toString(violations), m_locale.toString(qint64(listed)))});
}

QString ActivityFacts::valueText(const QString& field, const QJsonValue& value) const
{
    const Format format(m_locale);
    switch (value.type()) {
    case QJsonValue::String: {
        if (const auto kept = field == noteField ? keptOf(value.toString()) : std::nullopt)
            return tr("Of %1 violations the gravest %2 are kept.")
                .arg(m_locale.toString(kept->first), m_locale.toString(kept->second));
        if (const QString word = wordOf(field, value.toString()); !word.isEmpty())
            return word;
        const std::optional<protocol::Timestamp> time = protocol::fromIso(value.toString());
        return time ? moment(m_locale, *time) : value.toString();
    }
    case QJsonValue::Double:
        if (field == durationField)
            return m_isCheck ? format.milliseconds(value.toDouble()) : format.duration(value.toDouble());
        return format.decimal(value.toDouble(), 3);
    case QJsonValue::Bool:
        return value.toBool() ? tr("yes") : tr("no");
    case QJsonValue::Array:
        if (const auto lines = linesOf(field, value.toArray()))
            return *lines;
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        if (field == QLatin1String("filters"))
            return RecordWords::filters(value.toObject());
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    case QJsonValue::Null:
        if (field == durationField && m_isCheck)
            return format.milliseconds(std::nullopt);
        break;
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

QString ActivityFacts::asText() const
{
    QString text;
    for (const Fact& fact : m_facts)
        text += fact.name + QLatin1Char('\t') + fact.value + QLatin1Char('\n');
    for (const ViolationFact& violation : m_violations)
        text += violation.text.name + QLatin1Char('\t') + violation.text.value + QLatin1Char('\n');
    return text;
}

} // namespace prism::ui
