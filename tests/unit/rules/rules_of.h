#pragma once

#include "server/rules/judge.h"
#include "server/rules/rule_set.h"

#include <QJsonArray>
#include <QJsonObject>

namespace prism::test {

/// Rules of a few words, and what they say of a text.
inline QJsonObject principle(const QString& id, const QString& level, const QJsonObject& more)
{
    QJsonObject object{{QStringLiteral("id"), id},
                       {QStringLiteral("name"), id},
                       {QStringLiteral("level"), level},
                       {QStringLiteral("violation_message"), QStringLiteral("not ") + id}};
    for (auto field = more.begin(); field != more.end(); ++field)
        object.insert(field.key(), field.value());
    return object;
}

inline QJsonObject keywords(const QStringList& words)
{
    return {{QStringLiteral("keywords"), QJsonArray::fromStringList(words)}};
}

inline QJsonObject pattern(const QString& regex, const QJsonObject& more = {})
{
    QJsonObject object = more;
    object.insert(QStringLiteral("regex"), regex);
    return {{QStringLiteral("patterns"), QJsonArray{object}}};
}

inline rules::RuleSetPtr rulesOf(const QJsonArray& principles)
{
    const auto rules =
        rules::RuleSet::make({{QStringLiteral("principles"), principles}}, rules::RuleLimits());
    if (!rules)
        qFatal("%s", qPrintable(rules.error().details.join(QLatin1Char('\n'))));
    return *rules;
}

inline rules::Judgement judged(const rules::RuleSetPtr& set, const QString& text,
                               rules::CheckLevel level = rules::CheckLevel::Standard,
                               std::optional<rules::Phase> phase = {}, const QStringList& languages = {})
{
    const auto judgement = rules::judge(*set, {text, phase, languages}, {level, std::chrono::seconds(60)});
    if (!judgement)
        qFatal("%s", qPrintable(judgement.error().message));
    return *judgement;
}

} // namespace prism::test
