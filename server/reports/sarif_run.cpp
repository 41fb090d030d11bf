#include "server/reports/sarif_run.h"

#include "server/reports/findings.h"
#include "server/reports/input.h"
#include "server/reports/sarif_invocations.h"
#include "server/reports/sarif_rules.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::reports {

using protocol::Result;
using protocol::Severity;
using protocol::Violation;

namespace {

/// Whether a result is one that stands: it failed, and is not one of an older run that is gone.
bool stands(const QJsonObject& result, Notes& notes)
{
    if (result[QLatin1String("kind")].toString(QStringLiteral("fail")) != QLatin1String("fail")) {
        notes.add(QLatin1String("results of another kind than fail are no violations"));
        return false;
    }
    if (result[QLatin1String("baselineState")].toString() == QLatin1String("absent")) {
        notes.add(QLatin1String("results of an earlier run that are gone are no violations"));
        return false;
    }
    return true;
}

bool isSuppressed(const QJsonObject& result)
{
    const QJsonArray suppressions = result[QLatin1String("suppressions")].toArray();
    return std::any_of(suppressions.begin(), suppressions.end(), [](const auto& each) {
        const QJsonValue status = QJsonValue(each)[QLatin1String("status")];
        return status.isUndefined() || status.toString() == QLatin1String("accepted");
    });
}

/// The tool's own: what says that it is the same result, else what probably does.
QString fingerprintOf(const QJsonObject& result)
{
    const QJsonObject certain = result[QLatin1String("fingerprints")].toObject();
    if (!certain.isEmpty())
        return certain.begin().value().toString();
    const QJsonObject partial = result[QLatin1String("partialFingerprints")].toObject();
    const QJsonValue line = partial[QLatin1String("primaryLocationLineHash")];
    return partial.isEmpty() ? QString() : (line.isUndefined() ? partial.begin().value() : line).toString();
}

/// Reads the results of one run.
class RunReader
{
public:
    explicit RunReader(const QJsonObject& run)
        : m_rules(run)
        , m_artifacts(run[QLatin1String("artifacts")].toArray())
    {
    }

    void add(const QJsonObject& result, Notes& notes, Findings& findings) const
    {
        const QJsonObject rule = m_rules.ruleOf(result);
        Violation violation;
        violation.severity = m_rules.severityOf(result, rule, notes);
        violation.falsePositive = isSuppressed(result);
        if (findings.wouldKeep(violation))
            describe(violation, result, rule);
        findings.add(std::move(violation));
    }

private:
    void describe(Violation& violation, const QJsonObject& result, const QJsonObject& rule) const
    {
        const QJsonValue place =
            result[QLatin1String("locations")].toArray().first()[QLatin1String("physicalLocation")];
        const QJsonValue region = place[QLatin1String("region")];
        violation.principleId = ruleIdOf(result, rule);
        violation.principleName = nameOf(rule);
        violation.message = m_rules.messageOf(result, rule);
        violation.file = fileOf(place[QLatin1String("artifactLocation")]);
        violation.line = placeNumber(region[QLatin1String("startLine")]);
        violation.column = placeNumber(region[QLatin1String("startColumn")]);
        violation.url = rule[QLatin1String("helpUri")].toString();
        violation.fingerprint = fingerprintOf(result);
    }

    static QString nameOf(const QJsonObject& rule)
    {
        const QString name = rule[QLatin1String("shortDescription")][QLatin1String("text")].toString();
        return name.isEmpty() ? rule[QLatin1String("name")].toString() : name;
    }

    /// As it is written: where it lies on this or that machine says less.
    QString fileOf(const QJsonValue& location) const
    {
        const QString uri = location[QLatin1String("uri")].toString();
        const int index = location[QLatin1String("index")].toInt(-1);
        return uri.isEmpty() && index >= 0 && index < m_artifacts.size()
                   ? m_artifacts[index][QLatin1String("location")][QLatin1String("uri")].toString()
                   : uri;
    }

    const SarifRules m_rules;
    const QJsonArray m_artifacts;
};

} // namespace

Result<Run> readSarifRun(const QJsonObject& run, const QString& path, Notes& notes, const IsEnough& isEnough)
{
    constexpr QLatin1String resultsName("results");
    const QString tool =
        run[QLatin1String("tool")][QLatin1String("driver")][QLatin1String("name")].toString();
    const QString name = tool.isEmpty() ? QStringLiteral("sarif") : tool;
    QJsonArray results;
    if (!run[resultsName].isNull() && !run[resultsName].isUndefined()) {
        PRISM_TRY_ASSIGN(results, listIn(run, resultsName, path));
    }
    if (!run[QLatin1String("externalPropertyFileReferences")][resultsName].toArray().isEmpty())
        notes.add(QLatin1String("runs have results in other files, which are not read"));
    const RunReader reader(run);
    Findings findings(notes, name);
    for (qsizetype i = 0; i < results.size(); ++i) {
        PRISM_TRY(goOn(isEnough));
        PRISM_TRY_ASSIGN(const QJsonObject result,
                         objectAt(results[i], pathTo(path + QStringLiteral(".results"), i)));
        if (stands(result, notes))
            reader.add(result, notes, findings);
    }
    const SarifInvocations invocations(run);
    if (const auto& trouble = invocations.trouble()) {
        Violation failed;
        failed.principleId = QStringLiteral("tool-failed");
        failed.severity = results.isEmpty() ? Severity::Block : Severity::Warning;
        failed.message = *trouble;
        findings.add(std::move(failed));
    }
    return findings.take(name, invocations.duration());
}

} // namespace prism::reports
