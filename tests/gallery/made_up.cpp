#include "tests/gallery/made_up.h"

#include "client/model/forecast_model.h"

#include <array>
#include <cmath>

namespace prism::gallery {

using namespace protocol;

namespace {

Timestamp moment()
{
    return *fromIso(u"2026-02-07T14:32:10Z");
}

struct Buckets
{
    int count;
    std::chrono::hours length;
    double level; ///< of a usual bucket
};

Buckets bucketsOf(Period period)
{
    constexpr std::chrono::hours day{24};
    switch (period) {
    case Period::Today:
        return {15, std::chrono::hours(1), 4};
    case Period::Week:
        return {7, day, 26};
    case Period::Year:
        return {53, 7 * day, 160};
    case Period::All:
        return {16, 30 * day, 640};
    case Period::Month:
        break;
    }
    return {30, day, 26};
}

/// Rises and falls, and looks as if by chance.
double wave(int i)
{
    return 1 + 0.35 * std::sin(i * 0.9) + 0.25 * std::sin(i * 2.3 + 1) + 0.15 * std::cos(i * 5.1);
}

Trend madeUpTrend(Period period, double scale)
{
    const Buckets buckets = bucketsOf(period);
    const Timestamp first = *fromIso(u"2026-02-07T00:00:00Z") +
                            (period == Period::Today ? 0 : 1) * buckets.length -
                            (period == Period::Today ? 0 : buckets.count) * buckets.length;
    Trend trend;
    double mean = 0;
    for (int i = 0; i < buckets.count; ++i) {
        const bool step = i >= buckets.count * 2 / 3;
        const double value = std::round(buckets.level * scale * wave(i) * (step ? 1.7 : 1));
        mean = i == 0 ? value : mean + (value - mean) / std::min(i + 1, 7);
        const bool running = i == buckets.count - 1;
        trend.points.append({first + i * buckets.length, running ? std::round(value * 0.6) : value, running});
        trend.smoothed.append(std::round(mean * 10) / 10);
    }
    const int at = buckets.count * 2 / 3;
    trend.changePoints =
        QList<ChangePoint>{{trend.points[at].start, *trend.points[at - 1].value, *trend.points[at].value}};
    if (period == Period::Today) {
        trend.heading = Unknown(Unsaid::Hours);
        trend.changePoints = Unknown(Unsaid::Hours);
    } else if (period == Period::Week) {
        trend.heading = Unknown(Unsaid::WeekTooShort);
    } else {
        trend.heading = Heading{Direction::Up, 0.4, 0.99};
    }
    trend.rSquared = 0.62;
    return trend;
}

} // namespace

Span spanBefore()
{
    return {moment() - std::chrono::hours(24 * 60), moment() - std::chrono::hours(24 * 30)};
}

Dashboard madeUpDashboard(Period period, Amount amount)
{
    Dashboard dashboard;
    dashboard.period = period;
    dashboard.generatedAt = moment();
    if (amount == Amount::Nothing) {
        dashboard.changes.emplace();
        return dashboard;
    }
    const double scale = amount == Amount::Much ? 4'000 : 1;
    const auto large = [scale](qint64 value) { return qint64(double(value) * scale); };
    dashboard.summary = {large(2'346), large(612), large(38), 11.4 * std::sqrt(scale),
                         large(18),    0.174,      11.4};
    if (period != Period::All) {
        dashboard.changes.emplace();
        const Span before = spanBefore();
        dashboard.changes->totalChecks = {2'067 * scale, 279 * scale, 13.5, {{}, NoVerdict::Volume, before}};
        dashboard.changes->violations = {540 * scale, 72 * scale, 13.3, {Verdict::Worse, {}, before}};
        dashboard.changes->activeUsers = {38 * scale, 0, 0, {{}, NoVerdict::Volume, before}};
        dashboard.changes->avgCheckTime = {12.1, -0.7, -5.8, {Verdict::Better, {}, before}};
    }
    dashboard.quality = {
        0.174,
        0.075,
        0.925,
        {{QStringLiteral("docs"), QStringLiteral("Documentation follows the code"), large(204), 0.333},
         {QStringLiteral("inputs"), QStringLiteral("Inputs are checked at the edge"), large(142), 0.232},
         {QStringLiteral("errors"), QStringLiteral("Every error is handled"), large(104), 0.17},
         {QStringLiteral("small"), QStringLiteral("Small, reversible changes"), large(72), 0.118},
         {QStringLiteral("secrets"), QStringLiteral("No secrets in code"), large(58), 0.095},
         {QStringLiteral("tests"), QStringLiteral("Tests before merge"), large(32), 0.052}}};
    dashboard.usage = {large(18), large(504), 1'530'000, 0.826, 7.7 * scale};
    dashboard.violations = madeUpTrend(period, scale);
    dashboard.performance = {11.4, 7.7, 42.8, 75.3, 0.4, 310};
    dashboard.alerts = madeUpAlerts(amount == Amount::Much ? 40 : 3);
    return dashboard;
}

Trend madeUpCourse(int which, Direction direction)
{
    constexpr int days = 30;
    const double slope = direction == Direction::Up ? 0.04 : direction == Direction::Down ? -0.02 : 0;
    Trend trend;
    trend.heading = Heading{direction, slope, 0.99};
    for (int i = 0; i < days; ++i)
        trend.points.append({moment() - std::chrono::hours(24 * (days - 1 - i)),
                             80 * (1 + slope * i) * (2 + wave(i + 11 * which)), i == days - 1});
    return trend;
}

ForecastReport madeUpForecast(Period period, Amount amount)
{
    const double level = bucketsOf(period).level * (amount == Amount::Much ? 4'000 : 1) * 1.6;
    ForecastReport forecast{period, {}};
    for (int i = 0; i < model::forecastSteps(period); ++i) {
        const double value = level * (1 + 0.02 * i);
        const double half = level * (0.3 + 0.03 * i);
        forecast.steps.append({value, value - half, value + half, value - 1.5 * half, value + 1.5 * half});
    }
    return forecast;
}

QList<Alert> madeUpAlerts(int count)
{
    struct Kind
    {
        AlertKind kind;
        AlertSeverity severity;
        QStringView metric;
        double value;
        double expected;
    };
    static constexpr std::array kinds{
        Kind{AlertKind::ViolationSpike, AlertSeverity::High, u"violations", 59, 12},
        Kind{AlertKind::PerformanceDegradation, AlertSeverity::Medium, u"slowChecks", 41, 8.2},
        Kind{AlertKind::QualityDrop, AlertSeverity::Low, u"checksWithViolations", 70, 30.5}};
    QList<Alert> alerts;
    for (int i = 0; i < count; ++i) {
        const Kind& kind = kinds[std::size_t(i) % kinds.size()];
        Alert alert;
        alert.id = QStringLiteral("alert-%1").arg(i);
        alert.kind = kind.kind;
        alert.severity = kind.severity;
        alert.metric = kind.metric.toString();
        alert.value = kind.value;
        alert.expected = kind.expected;
        alert.checks = 170;
        alert.limitMs = 43;
        alert.timestamp = moment() - std::chrono::minutes(7 + 95 * i);
        alert.since = alert.timestamp - std::chrono::minutes(50);
        alerts.append(alert);
    }
    return alerts;
}

namespace {

QJsonArray madeUpViolations(int count)
{
    struct Principle
    {
        QStringView id, name, severity, file, message;
    };
    static constexpr std::array principles{
        Principle{u"docs-follow", u"Documentation follows the code", u"WARNING", u"src/cart.cpp",
                  u"The option --dry-run is not described."},
        Principle{u"no-secrets", u"No secrets in code", u"BLOCK", u"config/service.ini",
                  u"A key of a cloud provider stands in this file, and everybody who can read the repository "
                  u"has it."},
        Principle{u"tests-first", u"Tests before merge", u"INFO", u"tests/tst_cart.cpp", u""}};
    QJsonArray violations;
    for (int i = 0; i < count; ++i) {
        const Principle& broken = principles[std::size_t(i) % principles.size()];
        violations.append(QJsonObject{{QStringLiteral("principleId"), broken.id.toString()},
                                      {QStringLiteral("principleName"), broken.name.toString()},
                                      {QStringLiteral("severity"), broken.severity.toString()},
                                      {QStringLiteral("file"), broken.file.toString()},
                                      {QStringLiteral("line"), 12 + 31 * i},
                                      {QStringLiteral("message"), broken.message.toString()},
                                      {QStringLiteral("falsePositive"), i == 2}});
    }
    return violations;
}

} // namespace

QList<Event> madeUpEvents(int count)
{
    static constexpr std::array<QStringView, 5> projects{u"checkout", u"billing", u"mobile-app", u"data-lake",
                                                         u"search"};
    static constexpr std::array<QStringView, 5> statuses{u"PASS", u"PASS", u"WARNING", u"PASS", u"BLOCKED"};
    QList<Event> events;
    for (int i = 0; i < count; ++i) {
        const int fromLast = count - 1 - i; // the newest is one with everything
        const Timestamp time = moment() - std::chrono::seconds(7 * fromLast);
        if (fromLast % 9 == 4) {
            events.append({event_type::recordCreated, i + 1,
                           QJsonObject{{QStringLiteral("record"),
                                        QJsonObject{{QStringLiteral("name"),
                                                     QStringLiteral("Release readiness, every Monday")}}}},
                           time});
            continue;
        }
        const int place = fromLast + 4;
        const auto which = std::size_t(place);
        const QStringView status = statuses[which % statuses.size()];
        QJsonObject check{{QStringLiteral("id"), QStringLiteral("check-%1").arg(i)},
                          {QStringLiteral("status"), status.toString()},
                          {QStringLiteral("duration"), 6.5 + 3 * wave(i)},
                          {QStringLiteral("project"), projects[which * 7 % projects.size()].toString()},
                          {QStringLiteral("gate"), QStringLiteral("linter")},
                          {QStringLiteral("user"), QStringLiteral("ana")},
                          {QStringLiteral("branch"), QStringLiteral("main")},
                          {QStringLiteral("commit"), QStringLiteral("3a69c8a")},
                          {QStringLiteral("session"), QStringLiteral("ana-122811")},
                          {QStringLiteral("origin"), QStringLiteral("ci")},
                          {QStringLiteral("url"), QStringLiteral("https://ci.example/runs/418")},
                          {QStringLiteral("violations"), madeUpViolations(status == u"BLOCKED"   ? 3
                                                                          : status == u"WARNING" ? 1
                                                                                                 : 0)}};
        if (fromLast == 0) { // of many
            check.insert(QStringLiteral("counts"), QJsonObject{{QStringLiteral("block"), 12'804},
                                                               {QStringLiteral("warning"), 28'432},
                                                               {QStringLiteral("info"), 0},
                                                               {QStringLiteral("falsePositive"), 1}});
            check.insert(QStringLiteral("note"),
                         QStringLiteral("Of 41236 violations the gravest 25000 are kept."));
        }
        events.append({event_type::checkCompleted, i + 1, check, time});
    }
    return events;
}

} // namespace prism::gallery
