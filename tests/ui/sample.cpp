#include "tests/ui/sample.h"

namespace prism::test {

using namespace protocol;

Dashboard sampleDashboard()
{
    Dashboard dashboard;
    dashboard.summary = {12'345, 67, 8, 12.5, 9, 0.0834, 12.5};
    dashboard.changes.emplace();
    const Span before{*fromIso(u"2026-01-25T00:00:00Z"), *fromIso(u"2026-02-01T22:30:00Z")};
    const Assessment asUsual{Verdict::Same, {}, before};
    dashboard.changes->totalChecks = {10'000, 2'345, 23.5, {{}, NoVerdict::Volume, before}};
    dashboard.changes->violations = {100, -33, -33, {Verdict::Better, {}, before}};
    dashboard.changes->activeUsers = {10, -2, -20, asUsual};
    dashboard.changes->avgCheckTime = {10, 2.5, 25, {Verdict::Worse, {}, before}};
    dashboard.quality = {0.0834,
                         0.25,
                         0.75,
                         {{QStringLiteral("P1"), QStringLiteral("Least privilege"), 40, 0.6},
                          {QStringLiteral("P2"), {}, 27, 0.4}}};
    dashboard.usage = {9, 31, 200'000, 0.875, 2.5};
    const Timestamp day = *fromIso(u"2026-02-02T00:00:00Z");
    for (int i = 0; i < 7; ++i) {
        dashboard.violations.points.append({day + std::chrono::days(i), double(5 + i), i == 6});
        dashboard.violations.smoothed.append(5 + i / 2.0);
    }
    dashboard.violations.heading = Heading{Direction::Up, 1, 0.99};
    dashboard.violations.changePoints = QList<ChangePoint>{{day + std::chrono::days(3), 7, 8}};
    dashboard.performance = {12.5, 8.25, 42, 120, 0.5, 300};
    dashboard.period = Period::Week;
    return dashboard;
}

Event checkEvent(Seq seq, const QString& project, const QString& status, int violations)
{
    QJsonArray list;
    for (int i = 0; i < violations; ++i)
        list.append(QJsonObject{{QStringLiteral("principleId"), QStringLiteral("P%1").arg(i)},
                                {QStringLiteral("severity"), QStringLiteral("WARNING")}});
    return {QString(event_type::checkCompleted), seq,
            QJsonObject{{QStringLiteral("id"), QStringLiteral("c%1").arg(seq)},
                        {QStringLiteral("status"), status},
                        {QStringLiteral("duration"), 12.5},
                        {QStringLiteral("project"), project},
                        {QStringLiteral("violations"), list}},
            *fromIso(u"2026-02-07T22:30:00Z") + std::chrono::seconds(seq)};
}

Event recordEvent(Seq seq, const QString& name)
{
    return {QString(event_type::recordCreated), seq,
            QJsonObject{{QStringLiteral("record"), QJsonObject{{QStringLiteral("name"), name}}}},
            *fromIso(u"2026-02-07T22:30:00Z") + std::chrono::seconds(seq)};
}

} // namespace prism::test
