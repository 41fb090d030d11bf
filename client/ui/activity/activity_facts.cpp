#include "client/ui/activity/activity_facts.h"

#include "client/ui/activity/activity_texts.h"
#include "client/ui/alerts/alert_sentence.h"
#include "client/ui/widgets/format.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

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
    {"origin", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Ran on")},
    {"user", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "User")},
    {"session", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Session")},
    {"duration", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Duration")},
    {"type", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Kind")},
    {"severity", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Severity")},
    {"metric", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Number")},
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
    {"createdAt", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Created")},
    {"updatedAt", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Changed")},
    {"version", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Version")},
    {"note", QT_TRANSLATE_NOOP("prism::ui::ActivityFacts", "Note")},
};

constexpr QLatin1String violationsField("violations"), durationField("duration");

/// Said under another name already, or shown apart.
bool isSaidElsewhere(const QString& field)
{
    return field == QLatin1String("status") || field == QLatin1String("timestamp") ||
           field == QLatin1String("counts") || field == violationsField;
}

/// What a browser may be asked to open: what somebody sent may name a program instead.
QUrl webAddress(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return url.isValid() && isWeb && !url.host().isEmpty() ? url : QUrl();
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
    m_facts = {{tr("Event"), ActivityTexts::typeText(entry.kind, entry.type)},
               {tr("Time"), moment(locale, entry.time)},
               {tr("Status"), ActivityTexts::statusText(entry.status)}};
    QJsonObject object = entry.object();
    if (entry.kind == ActivityKind::Alert || entry.kind == ActivityKind::AlertAcknowledged) {
        if (const auto alert = protocol::alertFromJson(object))
            object.insert(QLatin1String("message"), AlertSentence::of(*alert, locale));
    }
    if (m_isCheck && !entry.duration)
        object.insert(durationField, QJsonValue::Null);
    addObject(object);
    if (entry.seq > 0) // else it comes from elsewhere
        m_facts.append({tr("Place in the log"), locale.toString(entry.seq)});
    if (m_isCheck) {
        m_checkId = object.value(QLatin1String("id")).toString();
        m_run = webAddress(object.value(QLatin1String("url")).toString());
        addViolations(object.value(violationsField).toArray());
        addUnlisted(entry.violations);
    }
}

void ActivityFacts::addObject(const QJsonObject& object)
{
    for (const FieldName& known : fieldNames) {
        const QJsonValue value = object.value(QLatin1String(known.field));
        if (const QString text = valueText(QLatin1String(known.field), value); !text.isEmpty())
            m_facts.append({tr(known.name), text});
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
        QStringList said{text("severity"), model::placeOf(violation), text("message")};
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
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
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
