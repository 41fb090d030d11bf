#pragma once

#include "server/analytics/percentile.h"
#include "server/store/rollups/rollup_source.h"

#include <QSet>
#include <QTest>

#include <random>

namespace prism::test {

inline const protocol::Timestamp someTime = *protocol::fromIso(u"2026-03-27T10:20:00Z");

struct Fact
{
    protocol::Check check;
    bool imported = false;
};

using Random = std::mt19937_64;

inline qint64 below(Random& random, qint64 limit)
{
    return qint64(random() % quint64(limit));
}

/// Within four days, in few quarters and many.
inline protocol::Check madeCheck(int id, Random& random)
{
    protocol::Check check;
    check.id = QString::number(id);
    check.timestamp =
        someTime + std::chrono::milliseconds(below(random, below(random, 2) ? 96 * 3'600'000 : 2'000'000)) -
        std::chrono::hours(50);
    check.status = below(random, 2) ? protocol::CheckStatus::Pass : protocol::CheckStatus::Blocked;
    check.duration = double(below(random, 100'000)) / 100;
    check.user = below(random, 4) ? QStringLiteral("u%1").arg(below(random, 9)) : QString();
    check.session = QStringLiteral("s%1").arg(below(random, 30));
    for (qint64 i = below(random, 4); i > 0; --i)
        check.violations.append({QStringLiteral("P%1").arg(below(random, 5)),
                                 {},
                                 protocol::Severity::Warning,
                                 {},
                                 below(random, 3) == 0});
    return check;
}

/// What a rollup of the span has to say, counted one by one.
inline QString difference(const std::vector<Fact>& facts, const analytics::Span& span,
                          store::RollupSource& source, const analytics::Span& asked)
{
    const store::Result<analytics::RollupPtr> answer = source.rollup(asked);
    const auto top = source.topPrinciples(asked, 10'000);
    if (!answer || !top)
        return QStringLiteral("cannot be read");
    const analytics::Rollup& rollup = **answer;
    qint64 checks = 0, violations = 0, falsePositives = 0, violating = 0, live = 0, hits = 0;
    double sum = 0;
    QSet<QString> users, sessions;
    QMap<QString, qint64> principles;
    std::vector<double> durations;
    for (const auto& [check, imported] : facts) {
        if (check.timestamp < span.from || check.timestamp >= span.to)
            continue;
        ++checks;
        live += imported ? 0 : 1;
        if (check.duration) {
            sum += *check.duration;
            durations.push_back(*check.duration);
        }
        users.insert(check.user);
        sessions.insert(check.session);
        qint64 counted = 0;
        for (const protocol::Violation& violation : check.violations) {
            falsePositives += violation.falsePositive ? 1 : 0;
            counted += violation.falsePositive ? 0 : 1;
            if (!violation.falsePositive)
                ++principles[violation.principleId];
        }
        violations += counted;
        hits += std::min(counted, qint64(10));
        violating += counted > 0 ? 1 : 0;
    }
    users.remove(QString());
    sessions.remove(QString());
    const auto& figures = rollup.all().figures;
    const auto exact = analytics::percentile(durations, 0.95);
    const auto near = rollup.all().durations.percentile(0.95);
    const bool same =
        figures.checks == checks && figures.violations == violations &&
        figures.falsePositives == falsePositives && figures.checksWithViolations == violating &&
        figures.hits >= hits && figures.hits <= std::min(violations, 10 * violating) && // some are estimates
        rollup.live().figures.checks == live && std::abs(rollup.all().durations.sum() - sum) < 1e-6 &&
        rollup.users().count() == users.size() && rollup.sessions().count() == sessions.size() &&
        exact.has_value() == near.has_value() && (!exact || std::abs(*exact - *near) <= 0.01 * *exact);
    bool sameTop = std::ssize(*top) == principles.size();
    for (const auto& principle : *top)
        sameTop = sameTop && principles.value(principle.id) == principle.count;
    return same && sameTop ? QString()
                           : QStringLiteral("%1 to %2: %3 checks instead of %4, %5 violations instead of %6")
                                 .arg(protocol::toIso(span.from), protocol::toIso(span.to))
                                 .arg(figures.checks)
                                 .arg(checks)
                                 .arg(figures.violations)
                                 .arg(violations);
}

inline QString difference(const std::vector<Fact>& facts, const analytics::Span& span,
                          store::RollupSource& source)
{
    return difference(facts, span, source, span);
}

/// What is asked for by itself is what the rollup has.
inline void comparePartsWith(const analytics::Rollup& rollup, store::RollupSource& source,
                             const analytics::Span& span)
{
    const auto figures = source.figures({span.from}, span.to);
    QVERIFY(figures.has_value() && figures->size() == 1);
    QVERIFY(figures->front() == rollup.all().figures);
    const auto times = source.times({span.from}, span.to);
    const auto& durations = rollup.all().durations;
    QVERIFY(times.has_value() && times->size() == 1);
    QCOMPARE(times->front().mean.has_value(), durations.mean().has_value());
    QVERIFY(std::abs(times->front().mean.value_or(0) - durations.mean().value_or(0)) < 1e-6);
    QVERIFY(times->front().p95 == durations.percentile(0.95));
    const auto users = source.users({span.from}, span.to);
    QVERIFY(users.has_value() && users->size() == 1);
    QCOMPARE(users->front().count, double(rollup.users().count()));
}

} // namespace prism::test
