#pragma once

#include "server/hooks/delivery_reader.h"
#include "tests/support/payload.h"

#include <QJsonDocument>
#include <QTest>

namespace prism::test {

/// What is read of a delivery, in lines: a run and its violations, why it is ignored, or why it is refused.
inline QString toldLines(hooks::Provider provider, const QByteArray& event, const QByteArray& body)
{
    constexpr int maxDepth = 32;
    const auto told = hooks::readDelivery(provider, {event, body}, maxDepth);
    if (!told)
        return QStringLiteral("refused: ") + told.error().details.join(QStringLiteral("; "));
    if (const auto* ignored = std::get_if<hooks::Ignored>(&*told))
        return QStringLiteral("ignored: ") + ignored->reason;
    const hooks::Run& run = std::get<hooks::Run>(*told);
    const protocol::Check& check = run.check;
    QStringList lines{QStringLiteral("%1 %2").arg(run.key).arg(run.attempt),
                      QStringLiteral("told %1, ended %2, %3 ms")
                          .arg(protocol::toIso(run.told),
                               run.hasTime ? protocol::toIso(check.timestamp) : QStringLiteral("?"),
                               check.duration ? QString::number(*check.duration) : QStringLiteral("?")),
                      QStringLiteral("%1 %2 | %3 | %4 | %5 | %6")
                          .arg(toString(check.status), check.project, check.gate, check.branch,
                               check.commit.left(7), check.user),
                      check.url};
    for (const protocol::Violation& violation : check.violations)
        lines.append(QStringLiteral("%1 %2: %3")
                         .arg(toString(violation.severity), violation.principleId, violation.message));
    return lines.join(QLatin1Char('\n'));
}

inline QString toldLines(hooks::Provider provider, const QByteArray& event, const QJsonObject& payload)
{
    return toldLines(provider, event, QJsonDocument(payload).toJson(QJsonDocument::Compact));
}

/// One awkwardness: the field at the path has this value (is not there where it is undefined), and the line
/// of this number is another, or the only one.
struct Awkwardness
{
    QString path;
    QJsonValue value;
    int line = 0;
    QString expected;
};

inline void compareAwkward(hooks::Provider provider, const QByteArray& event, const QJsonObject& payload,
                           const std::vector<Awkwardness>& rows)
{
    for (const Awkwardness& row : rows) {
        const QString lines = toldLines(provider, event, with(payload, row.path, row.value));
        const QString found = lines.section(QLatin1Char('\n'), row.line, row.line);
        QVERIFY2(found == row.expected,
                 qPrintable(
                     QStringLiteral("%1: %2\nwhere there should be: %3").arg(row.path, lines, row.expected)));
    }
}

} // namespace prism::test
