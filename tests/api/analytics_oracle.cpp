#include "tests/api/analytics_oracle.h"

#include <QMap>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <optional>

namespace prism::test {

using namespace Qt::StringLiterals;

namespace {

int daysOf(const QString& period)
{
    static const QMap<QString, int> days{
        {u"today"_s, 1}, {u"week"_s, 7}, {u"month"_s, 30}, {u"year"_s, 365}, {u"all"_s, 1'000'000}};
    return days.value(period);
}

QJsonValue ratio(double above, double below)
{
    return below > 0 ? QJsonValue(std::round(above / below * 1e4) / 1e4) : QJsonValue();
}

QList<QJsonObject> violationsOf(const QJsonObject& check, bool falsePositive)
{
    QList<QJsonObject> list;
    for (const auto& violation : check["violations"_L1].toArray()) {
        if (violation["falsePositive"_L1].toBool() == falsePositive)
            list.append(violation.toObject());
    }
    return list;
}

QList<double> durationsOf(const QList<QJsonObject>& entries)
{
    QList<double> durations;
    for (const QJsonObject& entry : entries)
        durations.append(entry["duration"_L1].toDouble());
    std::sort(durations.begin(), durations.end());
    return durations;
}

QJsonValue meanOf(const QList<double>& values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return values.isEmpty() ? QJsonValue() : QJsonValue(sum / double(values.size()));
}

/// The smallest value that at least this share of the values do not exceed.
QJsonValue percentileOf(const QList<double>& sorted, double share)
{
    if (sorted.isEmpty())
        return {};
    return sorted[qsizetype(std::ceil(share * double(sorted.size()))) - 1];
}

QJsonObject changeOf(const QJsonValue& now, const QJsonValue& before)
{
    QJsonObject change{
        {u"previous"_s, before}, {u"change"_s, QJsonValue()}, {u"changePercent"_s, QJsonValue()}};
    if (now.isDouble() && before.isDouble()) {
        const double by = now.toDouble() - before.toDouble();
        change[u"change"_s] = by;
        if (before.toDouble() != 0)
            change[u"changePercent"_s] = 100 * by / before.toDouble();
    }
    return change;
}

} // namespace

AnalyticsOracle AnalyticsOracle::until(const QDateTime& moment) const
{
    AnalyticsOracle oracle(m_zone);
    const auto isBefore = [&](const QJsonObject& entry) { return local(entry) <= moment; };
    std::copy_if(m_checks.begin(), m_checks.end(), std::back_inserter(oracle.m_checks), isBefore);
    std::copy_if(m_retros.begin(), m_retros.end(), std::back_inserter(oracle.m_retros), isBefore);
    return oracle;
}

QDateTime AnalyticsOracle::local(const QJsonObject& entry) const
{
    return QDateTime::fromString(entry["timestamp"_L1].toString(), Qt::ISODateWithMs).toTimeZone(m_zone);
}

AnalyticsOracle::Window AnalyticsOracle::current(const QString& period, const QDateTime& now) const
{
    const QDate last = now.toTimeZone(m_zone).date();
    const QDate first = last.addDays(1 - daysOf(period));
    const auto inside = [&](const QJsonObject& entry) {
        const QDate date = local(entry).date();
        return date >= first && date <= last;
    };
    Window window;
    std::copy_if(m_checks.begin(), m_checks.end(), std::back_inserter(window.checks), inside);
    std::copy_if(m_retros.begin(), m_retros.end(), std::back_inserter(window.retros), inside);
    return window;
}

QDate AnalyticsOracle::lastDayBefore(const QString& period, const QDateTime& now) const
{
    const int weeks = (daysOf(period) + 6) / 7;
    return now.toTimeZone(m_zone).date().addDays(-7 * weeks);
}

/// Whether there was anything on a day before that span.
bool AnalyticsOracle::knowsPrevious(const QString& period, const QDateTime& now) const
{
    const QDate first = lastDayBefore(period, now).addDays(1 - daysOf(period));
    const auto isEarlier = [&](const QJsonObject& entry) { return local(entry).date() < first; };
    return std::any_of(m_checks.begin(), m_checks.end(), isEarlier) ||
           std::any_of(m_retros.begin(), m_retros.end(), isEarlier);
}

AnalyticsOracle::Window AnalyticsOracle::previous(const QString& period, const QDateTime& now) const
{
    const QDateTime here = now.toTimeZone(m_zone);
    const QDate last = lastDayBefore(period, now);
    const QDate first = last.addDays(1 - daysOf(period));
    const auto inside = [&](const QJsonObject& entry) {
        const QDateTime time = local(entry);
        return time.date() >= first &&
               (time.date() < last || (time.date() == last && time.time() <= here.time()));
    };
    Window window;
    std::copy_if(m_checks.begin(), m_checks.end(), std::back_inserter(window.checks), inside);
    std::copy_if(m_retros.begin(), m_retros.end(), std::back_inserter(window.retros), inside);
    return window;
}

QJsonObject AnalyticsOracle::summaryOf(const Window& window) const
{
    qsizetype violations = 0;
    double violating = 0;
    QSet<QString> users;
    for (const QJsonObject& check : window.checks) {
        const qsizetype count = violationsOf(check, false).size();
        violations += count;
        violating += count > 0 ? 1 : 0;
        users.insert(check["user"_L1].toString());
    }
    for (const QJsonObject& retro : window.retros)
        users.insert(retro["user"_L1].toString());
    users.remove(QString());
    const QJsonValue mean = meanOf(durationsOf(window.checks));
    return {{u"totalChecks"_s, window.checks.size()},
            {u"violations"_s, violations},
            {u"activeUsers"_s, users.size()},
            {u"avgCheckTime"_s, mean},
            {u"avgPerformance"_s, mean},
            {u"totalRetrospectives"_s, window.retros.size()},
            {u"avgViolationRate"_s, ratio(violating, double(window.checks.size()))}};
}

QJsonObject AnalyticsOracle::summary(const QString& period, const QDateTime& now) const
{
    return summaryOf(current(period, now));
}

QJsonValue AnalyticsOracle::changes(const QString& period, const QDateTime& now) const
{
    if (period == u"all")
        return {};
    const QJsonObject present = summaryOf(current(period, now));
    const QJsonObject past = knowsPrevious(period, now) ? summaryOf(previous(period, now)) : QJsonObject();
    QJsonObject changes;
    for (const QString& name : present.keys()) {
        if (name != u"avgViolationRate")
            changes.insert(
                name, changeOf(present[name], past.value(name).isUndefined() ? QJsonValue() : past[name]));
    }
    return changes;
}

QJsonObject AnalyticsOracle::quality(const QString& period, const QDateTime& now) const
{
    const Window window = current(period, now);
    QMap<QString, qint64> counts;
    QMap<QString, QString> names;
    double counted = 0;
    double forgiven = 0;
    for (const QJsonObject& check : window.checks) {
        forgiven += double(violationsOf(check, true).size());
        for (const QJsonObject& violation : violationsOf(check, false)) {
            const QString id = violation["principleId"_L1].toString();
            ++counted;
            ++counts[id];
            names[id] = violation["principleName"_L1].toString();
        }
    }
    QStringList ids = counts.keys();
    std::stable_sort(ids.begin(), ids.end(),
                     [&](const QString& a, const QString& b) { return counts[a] > counts[b]; });
    QJsonArray top;
    for (const QString& id : ids.mid(0, 10))
        top.append(QJsonObject{{u"id"_s, id},
                               {u"name"_s, names[id]},
                               {u"count"_s, counts[id]},
                               {u"share"_s, ratio(double(counts[id]), counted)}});
    const double all = counted + forgiven;
    return {{u"violationRate"_s, summaryOf(window)[u"avgViolationRate"_s]},
            {u"falsePositiveRate"_s, ratio(forgiven, all)},
            {u"patternMatchAccuracy"_s, ratio(counted, all)},
            {u"topViolations"_s, top}};
}

QJsonObject AnalyticsOracle::usage(const QString& period, const QDateTime& now) const
{
    const Window window = current(period, now);
    const QDate today = now.toTimeZone(m_zone).date();
    QSet<QString> sessions;
    QMap<QDate, QSet<QString>> usersByDay;
    QDate earliest = today;
    double passed = 0;
    const auto meet = [&](const QJsonObject& entry) {
        earliest = qMin(earliest, local(entry).date());
        if (!entry["user"_L1].toString().isEmpty())
            usersByDay[local(entry).date()].insert(entry["user"_L1].toString());
    };
    for (const QJsonObject& check : window.checks) {
        meet(check);
        sessions.insert(check["session"_L1].toString());
        passed += check["status"_L1] == "PASS"_L1 ? 1 : 0;
    }
    sessions.remove(QString());
    QList<double> durations;
    for (const QJsonObject& retro : window.retros) {
        meet(retro);
        if (retro["duration"_L1].toDouble() > 0)
            durations.append(retro["duration"_L1].toDouble());
    }
    double userDays = 0;
    for (const auto& users : std::as_const(usersByDay))
        userDays += double(users.size());
    const double days = period == u"all" ? double(earliest.daysTo(today) + 1) : daysOf(period);
    return {{u"totalRetrospectives"_s, window.retros.size()},
            {u"activeSessions"_s, sessions.size()},
            {u"avgDuration"_s, meanOf(durations)},
            {u"successRate"_s, ratio(passed, double(window.checks.size()))},
            {u"dailyActiveUsers"_s, userDays / days}};
}

QJsonObject AnalyticsOracle::performance(const QString& period, const QDateTime& now) const
{
    const QList<double> durations = durationsOf(current(period, now).checks);
    return {{u"avgCheckTime"_s, meanOf(durations)},
            {u"p50CheckTime"_s, percentileOf(durations, 0.50)},
            {u"p95CheckTime"_s, percentileOf(durations, 0.95)},
            {u"p99CheckTime"_s, percentileOf(durations, 0.99)},
            {u"minCheckTime"_s, durations.isEmpty() ? QJsonValue() : QJsonValue(durations.first())},
            {u"maxCheckTime"_s, durations.isEmpty() ? QJsonValue() : QJsonValue(durations.last())}};
}

QJsonObject AnalyticsOracle::violationTrend(const QString& period, const QDateTime& now) const
{
    const QDateTime here = now.toTimeZone(m_zone);
    QList<QDateTime> starts;
    if (period == u"today") {
        for (QDateTime start = here.date().startOfDay(m_zone); start <= here; start = start.addSecs(3600))
            starts.append(start);
    } else {
        for (int i = daysOf(period) - 1; i >= 0; --i)
            starts.append(here.date().addDays(-i).startOfDay(m_zone));
    }
    QList<double> values(starts.size(), 0);
    for (const QJsonObject& check : current(period, now).checks) {
        const auto bucket = std::upper_bound(starts.begin(), starts.end(), local(check)) - starts.begin() - 1;
        values[bucket] += double(violationsOf(check, false).size());
    }

    QJsonArray points;
    QJsonArray smoothed;
    for (qsizetype i = 0; i < starts.size(); ++i) {
        const QString start = starts[i].toUTC().toString(Qt::ISODateWithMs);
        points.append(QJsonObject{
            {u"start"_s, start}, {u"value"_s, values[i]}, {u"partial"_s, i == starts.size() - 1}});
        smoothed.append(QJsonObject{
            {u"timestamp"_s, start},
            {u"value"_s, meanOf(values.mid(qMax<qsizetype>(0, i - 6), qMin<qsizetype>(7, i + 1)))}});
    }

    // Mondays with Mondays, of the complete buckets.
    QList<double> slopes;
    for (qsizetype i = 0; i < starts.size() - 1; ++i) {
        for (qsizetype j = i + 7; period == u"month" && j < starts.size() - 1; j += 7)
            slopes.append((values[j] - values[i]) / double(j - i));
    }
    std::sort(slopes.begin(), slopes.end());
    const qsizetype half = slopes.size() / 2;
    QJsonObject trend{{u"points"_s, points}, {u"smoothed"_s, smoothed}, {u"slope"_s, QJsonValue()}};
    if (!slopes.isEmpty())
        trend.insert(u"slope"_s,
                     slopes.size() % 2 == 1 ? slopes[half] : (slopes[half - 1] + slopes[half]) / 2);
    trend.insert(u"directionReason"_s, period == u"today"  ? u"hours_are_not_judged"_s
                                       : period == u"week" ? u"week_is_too_short"_s
                                                           : QJsonValue());
    return trend;
}

bool isPercentileOfTimes(const QString& path)
{
    return path.contains(u"p50CheckTime"_s) || path.contains(u"p95CheckTime"_s) ||
           path.contains(u"p99CheckTime"_s);
}

QString difference(const QJsonValue& expected, const QJsonValue& actual, const QString& path)
{
    if (expected.isObject() && actual.isObject()) {
        const QJsonObject fields = expected.toObject();
        for (auto field = fields.begin(); field != fields.end(); ++field) {
            if (const QString found =
                    difference(field.value(), actual[field.key()], path + u'.' + field.key());
                !found.isEmpty())
                return found;
        }
        return {};
    }
    if (expected.isArray() && actual.isArray() && expected.toArray().size() == actual.toArray().size()) {
        for (qsizetype i = 0; i < expected.toArray().size(); ++i) {
            if (const QString found = difference(expected[i], actual[i], u"%1[%2]"_s.arg(path).arg(i));
                !found.isEmpty())
                return found;
        }
        return {};
    }
    const bool isPercentile = isPercentileOfTimes(path);
    const double tolerance =
        isPercentile ? 0.01 * std::abs(expected.toDouble())
                     : 1e-9 * std::max({1.0, std::abs(expected.toDouble()), std::abs(actual.toDouble())});
    const bool near = expected.isDouble() && actual.isDouble() &&
                      std::abs(expected.toDouble() - actual.toDouble()) <= tolerance;
    if (near || expected == actual)
        return {};
    const auto text = [](const QJsonValue& value) {
        return value.toVariant().toString() + u" ("_s + QString::number(int(value.type())) + u')';
    };
    return u"%1: expected %2, got %3"_s.arg(path, text(expected), text(actual));
}

} // namespace prism::test
