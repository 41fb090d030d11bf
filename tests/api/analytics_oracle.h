#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QTimeZone>

namespace prism::test {

/// Computes what a dashboard has to say from everything that was posted, slowly and in one obvious way each,
/// sharing no code with the server. Days are those of its zone.
class AnalyticsOracle
{
public:
    explicit AnalyticsOracle(const QTimeZone& zone)
        : m_zone(zone)
    {
    }

    /// As they were posted; each has a timestamp.
    void addCheck(const QJsonObject& check) { m_checks.append(check); }
    void addRetro(const QJsonObject& retro) { m_retros.append(retro); }

    /// The same without what came after a moment.
    AnalyticsOracle until(const QDateTime& moment) const;

    /// `now` is the answer's own generatedAt.
    QJsonObject summary(const QString& period, const QDateTime& now) const;
    QJsonValue changes(const QString& period, const QDateTime& now) const; ///< null for all
    QJsonObject quality(const QString& period, const QDateTime& now) const;
    QJsonObject usage(const QString& period, const QDateTime& now) const;
    QJsonObject performance(const QString& period, const QDateTime& now) const;

    /// For today (hours), week and month (days): all but what needs a test of its own, the direction.
    QJsonObject violationTrend(const QString& period, const QDateTime& now) const;

private:
    struct Window
    {
        QList<QJsonObject> checks;
        QList<QJsonObject> retros;
    };

    QDateTime local(const QJsonObject& entry) const;
    Window current(const QString& period, const QDateTime& now) const;
    Window previous(const QString& period, const QDateTime& now) const;
    bool knowsPrevious(const QString& period, const QDateTime& now) const;
    QDate lastDayBefore(const QString& period, const QDateTime& now) const;
    QJsonObject summaryOf(const Window& window) const;

    QTimeZone m_zone;
    QList<QJsonObject> m_checks;
    QList<QJsonObject> m_retros;
};

/// Whether the path, or name, is that of a percentile of check times, which the server has within 1 %.
bool isPercentileOfTimes(const QString& path);

/// Where `actual` differs from `expected`, numbers compared to 9 digits, percentiles of times to 1 %; empty
/// when nowhere. Fields of `actual` that `expected` does not name do not matter.
QString difference(const QJsonValue& expected, const QJsonValue& actual, const QString& path = {});

} // namespace prism::test
