#include "server/analytics/report.h"

#include "server/analytics/dashboard_numbers.h"
#include "server/analytics/figures.h"
#include "server/analytics/percentile.h"

#include <algorithm>

namespace prism::analytics {

using protocol::Check;
using protocol::CheckStatus;
using protocol::Retro;
using protocol::Severity;
using protocol::Timestamp;
using protocol::Violation;

namespace {

enum class Metric {
    TotalChecks,
    Violations,
    ViolationRate,
    FalsePositiveRate,
    PatternMatchAccuracy,
    ActiveUsers,
    ActiveSessions,
    SuccessRate,
    AvgCheckTime,
    MinCheckTime,
    MaxCheckTime,
    P50CheckTime,
    P95CheckTime,
    P99CheckTime,
    TotalRetrospectives,
    AvgDuration,
};

constexpr std::array<protocol::Name<Metric>, 16> metricNames{{
    {Metric::TotalChecks, "totalChecks"},
    {Metric::Violations, "violations"},
    {Metric::ViolationRate, "violationRate"},
    {Metric::FalsePositiveRate, "falsePositiveRate"},
    {Metric::PatternMatchAccuracy, "patternMatchAccuracy"},
    {Metric::ActiveUsers, "activeUsers"},
    {Metric::ActiveSessions, "activeSessions"},
    {Metric::SuccessRate, "successRate"},
    {Metric::AvgCheckTime, "avgCheckTime"},
    {Metric::MinCheckTime, "minCheckTime"},
    {Metric::MaxCheckTime, "maxCheckTime"},
    {Metric::P50CheckTime, "p50CheckTime"},
    {Metric::P95CheckTime, "p95CheckTime"},
    {Metric::P99CheckTime, "p99CheckTime"},
    {Metric::TotalRetrospectives, "totalRetrospectives"},
    {Metric::AvgDuration, "avgDuration"},
}};

std::optional<double> rank(std::vector<double> durations, double fraction)
{
    return percentile(durations, fraction);
}

std::optional<double> mean(double sum, qint64 count)
{
    return count > 0 ? std::optional(sum / double(count)) : std::nullopt;
}

} // namespace

QStringList reportMetrics()
{
    QStringList names;
    for (const auto& name : metricNames)
        names.append(QString::fromLatin1(name.text));
    return names;
}

bool isReportMetric(const QString& name)
{
    return reportMetrics().contains(numberNamed(name));
}

Report::Report(ReportQuery query, const QTimeZone& zone)
    : m_query(std::move(query))
    , m_zone(zone)
{
    const auto has = [this](Dimension dimension) { return m_query.dimensions.contains(dimension); };
    const auto asks = [this](const char* metric) {
        return std::any_of(m_query.metrics.begin(), m_query.metrics.end(), [metric](const QString& each) {
            return numberNamed(each) == QLatin1String(metric);
        });
    };
    const auto narrows = [this](Dimension dimension) { return m_query.filters.contains(dimension); };
    m_splitsViolations = has(Dimension::Principle) || has(Dimension::Severity) || has(Dimension::Pattern);
    m_narrowsViolations =
        narrows(Dimension::Principle) || narrows(Dimension::Severity) || narrows(Dimension::Pattern);
    m_wantsRetros = asks("totalRetrospectives") || asks("avgDuration") || asks("activeUsers");
    m_keepsUsers = asks("activeUsers");
    m_keepsSessions = asks("activeSessions");
    m_keepsDurations = asks("p50CheckTime") || asks("p95CheckTime") || asks("p99CheckTime");
    if (m_query.dimensions.isEmpty())
        m_groups[{}];
}

bool Report::allows(Dimension dimension, const QString& value) const
{
    const auto filter = m_query.filters.find(dimension);
    return filter == m_query.filters.end() || filter->second.contains(value);
}

bool Report::allowsRetros() const
{
    const auto narrows = [this](Dimension dimension) { return m_query.filters.contains(dimension); };
    return m_wantsRetros && !m_narrowsViolations && !narrows(Dimension::Status) &&
           !narrows(Dimension::Gate) && !narrows(Dimension::Branch);
}

QString Report::dayName(Dimension dimension, Timestamp time)
{
    const auto quarter = std::chrono::floor<Quarter::duration>(time);
    if (quarter != m_quarter) {
        m_quarter = quarter;
        m_day = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(time), m_zone).date();
    }
    if (dimension == Dimension::Month)
        return m_day.toString(QStringLiteral("yyyy-MM"));
    const QDate day = dimension == Dimension::Week ? m_day.addDays(1 - m_day.dayOfWeek()) : m_day;
    return day.toString(Qt::ISODate);
}

Report::Key Report::keyOf(const Check& check, const QString& status)
{
    Key key;
    for (const Dimension dimension : m_query.dimensions) {
        switch (dimension) {
        case Dimension::Project:
            key.append(check.project);
            break;
        case Dimension::User:
            key.append(check.user);
            break;
        case Dimension::Gate:
            key.append(check.gate);
            break;
        case Dimension::Branch:
            key.append(check.branch);
            break;
        case Dimension::Status:
            key.append(status);
            break;
        case Dimension::Principle:
        case Dimension::Severity:
        case Dimension::Pattern:
            key.append(QString());
            break;
        case Dimension::Day:
        case Dimension::Week:
        case Dimension::Month:
            key.append(dayName(dimension, check.timestamp));
            break;
        }
    }
    return key;
}

Report::Key Report::with(Key key, const QString& principle, const QString& severity,
                         const QString& pattern) const
{
    for (qsizetype i = 0; i < key.size(); ++i) {
        if (m_query.dimensions[i] == Dimension::Principle)
            key[i] = principle;
        else if (m_query.dimensions[i] == Dimension::Severity)
            key[i] = severity;
        else if (m_query.dimensions[i] == Dimension::Pattern)
            key[i] = pattern;
    }
    return key;
}

void Report::add(const Check& check)
{
    if (!allows(Dimension::Project, check.project) || !allows(Dimension::User, check.user) ||
        !allows(Dimension::Gate, check.gate) || !allows(Dimension::Branch, check.branch) ||
        !allows(Dimension::Status, toString(check.status)))
        return;
    const Key key = keyOf(check, toString(check.status));
    std::map<Key, Own> parts;
    const auto count = [&](const QString& principle, const QString& severity, const QString& pattern,
                           const Own& own) {
        if (!allows(Dimension::Principle, principle) || !allows(Dimension::Severity, severity) ||
            !allows(Dimension::Pattern, pattern))
            return;
        Own& sum = parts[m_splitsViolations ? with(key, principle, severity, pattern) : key];
        sum.violations += own.violations;
        sum.falsePositives += own.falsePositives;
    };
    for (const Violation& violation : check.violations) {
        const bool isFalse = violation.falsePositive;
        count(violation.principleId, toString(violation.severity), violation.pattern,
              {isFalse ? 0 : 1, isFalse ? 1 : 0});
    }
    if (check.counts) { // of which not all need be kept
        const protocol::ViolationCounts kept = countsOf(check.violations);
        for (const auto& [severity, more] : {std::pair{Severity::Block, check.counts->block - kept.block},
                                             {Severity::Warning, check.counts->warning - kept.warning},
                                             {Severity::Info, check.counts->info - kept.info}}) {
            if (more > 0)
                count({}, toString(severity), {}, {more, 0});
        }
        if (const qint64 more = check.counts->falsePositive - kept.falsePositive; more > 0)
            count({}, {}, {}, {0, more});
    }
    if (m_narrowsViolations && parts.empty())
        return;
    if (parts.empty())
        parts[key];
    for (const auto& [part, own] : parts)
        addTo(groupOf(part), check, own);
}

void Report::addTo(Group& group, const Check& check, const Own& own)
{
    ++group.checks;
    group.passed += check.status == CheckStatus::Pass ? 1 : 0;
    group.falsePositives += own.falsePositives;
    group.violations += own.violations;
    group.checksWithViolations += own.violations > 0 ? 1 : 0;
    if (check.duration)
        addTo(group, *check.duration);
    if (m_keepsUsers)
        note(group.users, check.user);
    if (m_keepsSessions)
        note(group.sessions, check.session);
}

void Report::addTo(Group& group, double duration)
{
    ++group.timed;
    group.duration += duration;
    group.shortest = std::min(group.shortest.value_or(duration), duration);
    group.longest = std::max(group.longest.value_or(duration), duration);
    if (m_keepsDurations) {
        group.durations.push_back(duration);
        m_bytes += 2 * sizeof(double); // a list that grows has room to spare
    }
}

Report::Group& Report::groupOf(const Key& key)
{
    constexpr std::size_t around = 64; // of a node, or of a text
    const auto [group, isNew] = m_groups.try_emplace(key);
    if (isNew) {
        m_bytes += sizeof(Group) + around;
        for (const QString& text : key)
            m_bytes += around + std::size_t(text.size()) * sizeof(QChar);
    }
    return group->second;
}

void Report::note(QSet<QString>& set, const QString& text)
{
    constexpr std::size_t around = 96; // a text's own, and its place in the set
    const qsizetype before = set.size();
    if (!text.isEmpty())
        set.insert(text);
    if (set.size() > before)
        m_bytes += around + std::size_t(text.size()) * sizeof(QChar);
}

void Report::add(const Retro& retro)
{
    if (!allowsRetros() || !allows(Dimension::Project, retro.project) || !allows(Dimension::User, retro.user))
        return;
    Check like; // one that took place there and then
    like.timestamp = retro.timestamp;
    like.project = retro.project;
    like.user = retro.user;
    Group& group = groupOf(keyOf(like, {}));
    ++group.retros;
    if (retro.duration > 0) {
        ++group.timedRetros;
        group.retroDuration += retro.duration;
    }
    if (m_keepsUsers)
        note(group.users, retro.user);
}

QList<protocol::ReportRow> Report::rows(const std::function<bool()>& isEnough) const
{
    QList<protocol::ReportRow> rows;
    for (const auto& [key, group] : m_groups) {
        if (isEnough && isEnough())
            break;
        protocol::ReportRow row;
        for (qsizetype i = 0; i < key.size(); ++i)
            row.group.append({protocol::nameOf(dimensionNames, m_query.dimensions[i]), key[i]});
        for (const QString& metric : m_query.metrics)
            row.metrics.append({metric, valueOf(metric, group)});
        rows.append(row);
    }
    return rows;
}

std::optional<double> Report::valueOf(const QString& metric, const Group& group)
{
    switch (protocol::valueOf(metricNames, numberNamed(metric)).value_or(Metric::TotalChecks)) {
    case Metric::TotalChecks:
        return double(group.checks);
    case Metric::Violations:
        return double(group.violations);
    case Metric::ViolationRate:
        return ratio(group.checksWithViolations, group.checks);
    case Metric::FalsePositiveRate:
        return ratio(group.falsePositives, group.violations + group.falsePositives);
    case Metric::PatternMatchAccuracy:
        return ratio(group.violations, group.violations + group.falsePositives);
    case Metric::ActiveUsers:
        return double(group.users.size());
    case Metric::ActiveSessions:
        return double(group.sessions.size());
    case Metric::SuccessRate:
        return ratio(group.passed, group.checks);
    case Metric::AvgCheckTime:
        return mean(group.duration, group.timed);
    case Metric::MinCheckTime:
        return group.shortest;
    case Metric::MaxCheckTime:
        return group.longest;
    case Metric::P50CheckTime:
        return rank(group.durations, 0.50);
    case Metric::P95CheckTime:
        return rank(group.durations, 0.95);
    case Metric::P99CheckTime:
        return rank(group.durations, 0.99);
    case Metric::TotalRetrospectives:
        return double(group.retros);
    case Metric::AvgDuration:
        return mean(group.retroDuration, group.timedRetros);
    }
    return std::nullopt;
}

} // namespace prism::analytics
