#include "server/reports/sarif_rules.h"

#include "server/reports/findings.h"
#include "server/reports/severities.h"

#include <algorithm>

namespace prism::reports {

using protocol::Severity;

namespace {

constexpr std::array<protocol::Name<Severity>, 4> sarifLevels{{{Severity::Block, "error"},
                                                               {Severity::Warning, "warning"},
                                                               {Severity::Info, "note"},
                                                               {Severity::Info, "none"}}};

constexpr QLatin1String idName("id"), indexName("index"), levelName("level"), rulesName("rules"),
    textName("text");

QJsonObject at(const QJsonArray& list, const QJsonValue& index)
{
    const int place = index.toInt(-1);
    return place >= 0 && place < list.size() ? list[place].toObject() : QJsonObject();
}

QString idOf(const QJsonObject& rule)
{
    return rule[idName].toString();
}

/// "CA1000/1" is a part of the rule CA1000.
bool isWithin(const QString& id, const QString& rule)
{
    return id == rule || (id.startsWith(rule) && id.at(rule.size()) == u'/');
}

/// A score as the CVSS has them, of a result or its rule, where it is a number.
std::optional<double> scoreOf(const QJsonObject& object)
{
    const QJsonValue said = object[QLatin1String("properties")][QLatin1String("security-severity")];
    bool isNumber = said.isDouble();
    const double score = isNumber ? said.toDouble() : said.toString().toDouble(&isNumber);
    return isNumber && score >= 0 ? std::optional(score) : std::nullopt;
}

Severity severityOf(double score)
{
    constexpr double high = 7;
    constexpr double medium = 4;
    return score >= high ? Severity::Block : score >= medium ? Severity::Warning : Severity::Info;
}

/// The argument whose number stands in braces there, and how long that is.
std::optional<std::pair<int, qsizetype>> placeholderAt(QStringView text)
{
    constexpr qsizetype longest = 4;
    const QStringView digits = text.sliced(1, std::min(longest, text.size() - 1));
    const qsizetype length = digits.indexOf(u'}');
    bool isNumber = false;
    const int number = length > 0 ? digits.first(length).toInt(&isNumber) : 0;
    return isNumber && number >= 0 ? std::optional(std::pair(number, length + 2)) : std::nullopt;
}

/// Puts the arguments where {0}, {1} … stand; {{ and }} are braces. No more than is kept of a message: one
/// text may be that of very many results.
QString withArguments(QStringView text, const QJsonArray& arguments)
{
    constexpr qsizetype most = messageLength + 1;
    QString filled;
    for (qsizetype i = 0; i < text.size() && filled.size() < most;) {
        const QStringView rest = text.sliced(i);
        const auto placeholder = rest.front() == u'{' ? placeholderAt(rest) : std::nullopt;
        if (placeholder && placeholder->first < arguments.size()) {
            const QString argument = arguments[placeholder->first].toString();
            filled += QStringView(argument).left(most);
            i += placeholder->second;
        } else {
            filled += rest.front();
            i += rest.startsWith(u"{{") || rest.startsWith(u"}}") ? 2 : 1;
        }
    }
    return filled;
}

} // namespace

SarifRules::SarifRules(const QJsonObject& run)
{
    const QJsonObject tool = run[QLatin1String("tool")].toObject();
    const QJsonObject driver = tool[QLatin1String("driver")].toObject();
    m_driver = driver[rulesName].toArray();
    m_messages = driver[QLatin1String("globalMessageStrings")].toObject();
    const auto remember = [this](const QJsonArray& rules) {
        for (const auto& each : rules) {
            const QJsonObject rule = each.toObject();
            if (const QString id = idOf(rule); !id.isEmpty() && !m_byId.contains(id))
                m_byId.insert(id, rule);
        }
    };
    remember(m_driver);
    const QJsonArray extensions = tool[QLatin1String("extensions")].toArray();
    for (const auto& extension : extensions) {
        m_extensions.push_back(extension[rulesName].toArray());
        remember(m_extensions.back());
    }
    const QJsonArray invocations = run[QLatin1String("invocations")].toArray();
    for (const auto& invocation : invocations)
        m_overrides.push_back(overridesIn(invocation.toObject()));
}

/// Of the tool, or of one of its extensions.
const QJsonArray& SarifRules::rulesOf(const QJsonObject& reference) const
{
    const int extension = reference[QLatin1String("toolComponent")][indexName].toInt(-1);
    return extension >= 0 && std::size_t(extension) < m_extensions.size()
               ? m_extensions[std::size_t(extension)]
               : m_driver;
}

SarifRules::Levels SarifRules::overridesIn(const QJsonObject& invocation) const
{
    Levels found;
    const QJsonArray overrides = invocation[QLatin1String("ruleConfigurationOverrides")].toArray();
    for (const auto& each : overrides) {
        const QJsonObject descriptor = each[QLatin1String("descriptor")].toObject();
        const QString id = descriptor.contains(idName) ? idOf(descriptor)
                                                       : idOf(at(rulesOf(descriptor), descriptor[indexName]));
        const QString level = each[QLatin1String("configuration")][levelName].toString();
        if (!id.isEmpty() && !level.isEmpty())
            found.insert(id, level);
    }
    return found;
}

QJsonObject SarifRules::ruleOf(const QJsonObject& result) const
{
    constexpr int deepest = 8;
    const QJsonObject reference = result[QLatin1String("rule")].toObject();
    const QJsonValue index = result[QLatin1String("ruleIndex")];
    const QJsonObject indexed = at(rulesOf(reference), index.isUndefined() ? reference[indexName] : index);
    QString id = ruleIdOf(result, {});
    if (!indexed.isEmpty() && (id.isEmpty() || isWithin(id, idOf(indexed))))
        return indexed;
    for (int depth = 0; depth < deepest && !id.isEmpty(); ++depth) {
        if (const auto known = m_byId.constFind(id); known != m_byId.constEnd())
            return *known;
        id.truncate(std::max<qsizetype>(id.lastIndexOf(u'/'), 0));
    }
    return {};
}

QString SarifRules::overrideOf(const QJsonObject& result, const QJsonObject& rule) const
{
    const int said = result[QLatin1String("provenance")][QLatin1String("invocationIndex")].toInt(-1);
    const auto invocation = std::size_t(std::max(said, 0));
    return invocation < m_overrides.size()
               ? m_overrides[invocation].value(ruleIdOf(result, rule),
                                               m_overrides[invocation].value(idOf(rule)))
               : QString();
}

Severity SarifRules::severityOf(const QJsonObject& result, const QJsonObject& rule, Notes& notes) const
{
    QString level = result[levelName].toString();
    if (level.isEmpty())
        level = overrideOf(result, rule);
    if (level.isEmpty())
        level = rule[QLatin1String("defaultConfiguration")][levelName].toString();
    if (!level.isEmpty())
        return weigh(sarifLevels, level, notes);
    const auto score = scoreOf(result) ? scoreOf(result) : scoreOf(rule);
    return score ? reports::severityOf(*score) : Severity::Warning;
}

QString SarifRules::messageOf(const QJsonObject& result, const QJsonObject& rule) const
{
    const QJsonObject message = result[QLatin1String("message")].toObject();
    QString text = message[textName].toString();
    if (const QString id = message[idName].toString(); text.isEmpty() && !id.isEmpty()) {
        text = rule[QLatin1String("messageStrings")][id][textName].toString();
        if (text.isEmpty())
            text = m_messages[id][textName].toString();
    }
    if (text.isEmpty())
        text = message[QLatin1String("markdown")].toString();
    const QJsonArray arguments = message[QLatin1String("arguments")].toArray();
    return arguments.isEmpty() ? text : withArguments(text, arguments);
}

QString ruleIdOf(const QJsonObject& result, const QJsonObject& rule)
{
    const QString id = result[QLatin1String("ruleId")].toString();
    if (!id.isEmpty())
        return id;
    const QString reference = result[QLatin1String("rule")][idName].toString();
    return reference.isEmpty() ? idOf(rule) : reference;
}

} // namespace prism::reports
