#include "server/rules/rule_file.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/text.h"

#include <QSet>

#include <algorithm>

namespace prism::rules {

using protocol::ErrorCode;
using protocol::ObjectReader;
using protocol::Presence;
using protocol::Problems;

namespace {

constexpr std::array<protocol::Name<protocol::Severity>, 3> severityNames{
    {{protocol::Severity::Info, "INFO"},
     {protocol::Severity::Warning, "WARNING"},
     {protocol::Severity::Block, "BLOCK"}}};

constexpr QLatin1String versionField("version"), lastUpdatedField("last_updated"),
    principlesField("principles"), idField("id"), nameField("name"), levelField("level"),
    priorityField("priority"), phasesField("check_phases"), keywordsField("keywords"),
    patternsField("patterns"), regexField("regex"), severityField("severity"), confidenceField("confidence"),
    messageField("message"), violationMessageField("violation_message");

/// Kept in the file for people to read; nothing here depends on them.
constexpr std::array proseFields{QLatin1String("verification_method"), QLatin1String("consequence"),
                                 QLatin1String("historical_evidence")};

/// Whether it has the form of a BCP 47 tag, of four parts at the most.
bool isLanguageTag(const QString& text)
{
    constexpr qsizetype mostParts = 4;
    constexpr qsizetype shortestLanguage = 2;
    constexpr qsizetype longestPart = 8;
    const QStringList parts = text.split(QLatin1Char('-'));
    const auto isLetter = [](QChar c) { return c.unicode() < 0x80 && c.isLetter(); };
    const auto isGood = [&](const QString& part) {
        return !part.isEmpty() && part.size() <= longestPart &&
               std::all_of(part.begin(), part.end(),
                           [&](QChar c) { return isLetter(c) || (c.unicode() < 0x80 && c.isDigit()); });
    };
    const QString& language = parts.first();
    return parts.size() <= mostParts && language.size() >= shortestLanguage &&
           std::all_of(language.begin(), language.end(), isLetter) &&
           std::all_of(parts.begin(), parts.end(), isGood);
}

/// Reads the principles of one file and remembers what must be unique, or bounded, across them.
class FileReader
{
public:
    FileReader(const RuleLimits& limits, Problems& problems)
        : m_limits(limits)
        , m_problems(problems)
    {
    }

    std::vector<Principle> read(const QJsonObject& file)
    {
        ObjectReader reader(file, m_problems);
        reader.text(versionField, Presence::Optional, m_limits.name);
        reader.text(lastUpdatedField, Presence::Optional, m_limits.name);
        std::vector<Principle> principles;
        reader.objects(principlesField, Presence::Required, m_limits.principles,
                       [&](ObjectReader& each) { principles.push_back(readPrinciple(each)); });
        if (m_patterns > m_limits.patterns())
            reader.refuse(ErrorCode::TooLong, principlesField,
                          QStringLiteral("have %1 patterns together, at most %2 are allowed")
                              .arg(m_patterns)
                              .arg(m_limits.patterns()));
        reader.refuseUnknown();
        return principles;
    }

private:
    Principle readPrinciple(ObjectReader& reader)
    {
        Principle principle;
        principle.id = reader.text(idField, Presence::Required, m_limits.id).value_or(QString());
        if (!principle.id.isEmpty() && m_ids.contains(principle.id))
            reader.refuse(ErrorCode::Validation, idField, QStringLiteral("is that of another principle too"));
        m_ids.insert(principle.id);
        principle.name = readTexts(reader, nameField, Presence::Required, m_limits.name);
        if (principle.name.isEmpty())
            principle.name.add({}, principle.id); // so that it is called something where it holds
        principle.level =
            reader.choice(levelField, Presence::Required, levelNames).value_or(Level::Mandatory);
        principle.priority = reader.number(priorityField, Presence::Optional, 0, m_limits.priority)
                                 .value_or(principle.priority);
        principle.phases = readPhases(reader);
        principle.keywords = readKeywords(reader);
        principle.message = readTexts(reader, violationMessageField, Presence::Required, m_limits.message);
        const auto given = m_patterns;
        reader.objects(patternsField, Presence::Optional, m_limits.patternsOfOne, [&](ObjectReader& each) {
            ++m_patterns;
            principle.patterns.push_back(readPattern(each));
        });
        if (principle.keywords.isEmpty() && m_patterns == given)
            reader.refuse(ErrorCode::FieldMissing, keywordsField,
                          QStringLiteral("are required where there are no patterns"));
        for (const QLatin1String prose : proseFields)
            reader.text(prose, Presence::Optional, m_limits.message);
        reader.refuseUnknown();
        return principle;
    }

    Pattern readPattern(ObjectReader& reader)
    {
        Pattern pattern;
        pattern.name = reader.text(nameField, Presence::Optional, m_limits.name).value_or(QString());
        pattern.regex = reader.text(regexField, Presence::Required, m_limits.regexLength).value_or(QString());
        pattern.severity = reader.choice(severityField, Presence::Optional, severityNames);
        pattern.confidence =
            reader.number(confidenceField, Presence::Optional, 0, 1).value_or(pattern.confidence);
        pattern.message = readTexts(reader, messageField, Presence::Optional, m_limits.message);
        reader.refuseUnknown();
        return pattern;
    }

    LocalizedText readTexts(ObjectReader& reader, QLatin1String field, Presence presence,
                            qsizetype maxLength) const
    {
        LocalizedText texts;
        if (!reader.isObject(field)) {
            const std::optional<QString> text = reader.text(field, presence, maxLength);
            if (text && !text->isEmpty())
                texts.add({}, *text);
            return texts;
        }
        const QJsonObject object = reader.object(field, presence).value_or(QJsonObject());
        if (object.isEmpty() || object.size() > m_limits.languages)
            reader.refuse(ErrorCode::Validation, field,
                          QStringLiteral("must have from 1 to %1 languages").arg(m_limits.languages));
        else
            readLanguages(reader, field, object, maxLength, texts);
        return texts;
    }

    static void readLanguages(ObjectReader& reader, QLatin1String field, const QJsonObject& object,
                              qsizetype maxLength, LocalizedText& texts)
    {
        for (auto entry = object.begin(); entry != object.end(); ++entry) {
            const QString text = protocol::cleaned(entry.value().toString());
            if (!isLanguageTag(entry.key()))
                reader.refuse(ErrorCode::BadFormat, field,
                              QStringLiteral("has a language that is no BCP 47 tag, e.g. en or zh-CN"));
            else if (protocol::isBlank(text) || !text.isValidUtf16() || text.contains(QChar(0)))
                reader.refuse(ErrorCode::BadFormat, field,
                              QStringLiteral("must have valid text in the language %1").arg(entry.key()));
            else if (protocol::charactersIn(text) > maxLength)
                reader.refuse(ErrorCode::TooLong, field,
                              QStringLiteral("has %1 characters in the language %2, at most %3 are allowed")
                                  .arg(protocol::charactersIn(text))
                                  .arg(entry.key())
                                  .arg(maxLength));
            else
                texts.add(entry.key(), text);
        }
    }

    std::vector<Phase> readPhases(ObjectReader& reader) const
    {
        std::vector<Phase> phases;
        const QStringList given =
            reader.texts(phasesField, Presence::Optional, qsizetype(phaseNames.size()), m_limits.name)
                .value_or(QStringList());
        for (const QString& name : given) {
            if (const std::optional<Phase> phase = protocol::valueOf(phaseNames, name))
                phases.push_back(*phase);
            else
                reader.refuse(ErrorCode::Validation, phasesField,
                              QStringLiteral("each ") + protocol::choices(phaseNames));
        }
        return phases;
    }

    QStringList readKeywords(ObjectReader& reader) const
    {
        QStringList keywords;
        const QStringList given =
            reader.texts(keywordsField, Presence::Optional, m_limits.keywords, m_limits.keyword)
                .value_or(QStringList());
        for (const QString& keyword : given) {
            if (protocol::isBlank(keyword))
                reader.refuse(ErrorCode::BadFormat, keywordsField,
                              QStringLiteral("has an entry that is empty: nothing of it can be seen"));
            keywords.append(protocol::cleaned(keyword));
        }
        return keywords;
    }

    const RuleLimits& m_limits;
    Problems& m_problems;
    QSet<QString> m_ids;
    int m_patterns = 0;
};

} // namespace

std::vector<Principle> readRules(const QJsonObject& file, const RuleLimits& limits, Problems& problems)
{
    return FileReader(limits, problems).read(file);
}

} // namespace prism::rules
