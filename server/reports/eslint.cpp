#include "server/reports/eslint.h"

#include "server/reports/findings.h"
#include "server/reports/input.h"
#include "shared/protocol/try.h"

namespace prism::reports {

using protocol::Result;
using protocol::Severity;
using protocol::Violation;

namespace {

/// What is known of the rules, where the file says it.
QString addressOf(const QJsonObject& rules, const QString& rule)
{
    return rules[rule][QLatin1String("docs")][QLatin1String("url")].toString();
}

/// A file that ESLint cannot read has a message without a rule.
QString principleOf(const QJsonObject& message)
{
    const QString rule = message[QLatin1String("ruleId")].toString();
    return rule.isEmpty() && message[QLatin1String("fatal")].toBool() ? QStringLiteral("fatal") : rule;
}

Result<void> addAll(const QJsonArray& messages, const QString& path, const Violation& common,
                    const QJsonObject& rules, Notes& notes, Findings& findings, const IsEnough& isEnough)
{
    for (qsizetype i = 0; i < messages.size(); ++i) {
        PRISM_TRY(goOn(isEnough));
        PRISM_TRY_ASSIGN(const QJsonObject message, objectAt(messages[i], pathTo(path, i)));
        const QJsonValue severity = message[QLatin1String("severity")];
        if (severity.toInt(-1) == 0) {
            notes.add(QLatin1String("messages of rules that are off are no violations"));
            continue;
        }
        Violation violation = common;
        violation.principleId = principleOf(message);
        violation.severity = severity.toInt() == 2 ? Severity::Block : Severity::Warning;
        violation.message = message[QLatin1String("message")].toString();
        violation.line = placeNumber(message[QLatin1String("line")]);
        violation.column = placeNumber(message[QLatin1String("column")]);
        violation.url = addressOf(rules, violation.principleId);
        findings.add(std::move(violation));
    }
    return {};
}

} // namespace

Result<Report> readEslint(const QByteArray& bytes, const IsEnough& isEnough)
{
    PRISM_TRY_ASSIGN(const QJsonValue value, readJson(bytes));
    QString path;
    QJsonArray files = value.toArray();
    if (value.isObject()) {
        path = QStringLiteral("results");
        PRISM_TRY_ASSIGN(files, listIn(value.toObject(), QLatin1String("results")));
    }
    const QJsonObject rules = value[QLatin1String("metadata")][QLatin1String("rulesMeta")].toObject();
    Notes notes;
    Findings findings(notes, QStringLiteral("eslint"));
    for (qsizetype i = 0; i < files.size(); ++i) {
        PRISM_TRY(goOn(isEnough));
        const QString place = pathTo(path, i);
        PRISM_TRY_ASSIGN(const QJsonObject file, objectAt(files[i], place));
        PRISM_TRY_ASSIGN(const QJsonArray messages, listIn(file, QLatin1String("messages"), place));
        Violation common;
        common.file = file[QLatin1String("filePath")].toString();
        PRISM_TRY(
            addAll(messages, place + QStringLiteral(".messages"), common, rules, notes, findings, isEnough));
        common.falsePositive = true;
        PRISM_TRY(addAll(file[QLatin1String("suppressedMessages")].toArray(),
                         place + QStringLiteral(".suppressedMessages"), common, rules, notes, findings,
                         isEnough));
    }
    return Report{{findings.take(QStringLiteral("eslint"))}, notes.texts()};
}

} // namespace prism::reports
