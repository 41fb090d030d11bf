#include "server/reports/sarif_invocations.h"

#include "shared/protocol/timestamp.h"

#include <QJsonArray>
#include <QStringList>

namespace prism::reports {

namespace {

/// What the tool says of an error of its own.
QString errorIn(const QJsonObject& invocation)
{
    for (const char* kind : {"toolExecutionNotifications", "toolConfigurationNotifications"}) {
        const QJsonArray notifications = invocation[QLatin1String(kind)].toArray();
        for (const auto& each : notifications) {
            const QJsonValue notification = each;
            if (notification[QLatin1String("level")].toString() == QLatin1String("error"))
                return notification[QLatin1String("message")][QLatin1String("text")].toString();
        }
    }
    return {};
}

QString troubleOf(const QJsonObject& invocation)
{
    QStringList said;
    if (const QJsonValue code = invocation[QLatin1String("exitCode")]; code.isDouble())
        said.append(QStringLiteral("exit code %1").arg(code.toInt()));
    for (const char* name : {"exitSignalName", "exitCodeDescription", "processStartFailureMessage"}) {
        if (const QString text = invocation[QLatin1String(name)].toString(); !text.isEmpty())
            said.append(text);
    }
    if (const QString error = errorIn(invocation); !error.isEmpty())
        said.append(error);
    return said.isEmpty() ? QStringLiteral("The tool says that it failed, and not how.")
                          : said.join(QStringLiteral(": "));
}

std::optional<double> durationOf(const QJsonObject& invocation)
{
    const auto start = protocol::fromIso(invocation[QLatin1String("startTimeUtc")].toString());
    const auto end = protocol::fromIso(invocation[QLatin1String("endTimeUtc")].toString());
    if (!start || !end || *end < *start)
        return std::nullopt;
    return double((*end - *start).count());
}

} // namespace

SarifInvocations::SarifInvocations(const QJsonObject& run)
{
    const QJsonArray invocations = run[QLatin1String("invocations")].toArray();
    double sum = 0;
    bool isKnown = !invocations.isEmpty();
    for (const auto& each : invocations) {
        const QJsonObject invocation = each.toObject();
        if (!m_trouble && !invocation[QLatin1String("executionSuccessful")].toBool(true))
            m_trouble = troubleOf(invocation);
        const std::optional<double> duration = durationOf(invocation);
        isKnown = isKnown && duration;
        sum += duration.value_or(0);
    }
    if (isKnown)
        m_duration = sum;
}

} // namespace prism::reports
