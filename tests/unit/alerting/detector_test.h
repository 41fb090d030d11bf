#pragma once

#include "tests/unit/alerting/fake_history.h"

#include <QTest>

namespace prism::test {

using namespace std::chrono_literals;
using alerting::Detector;
using protocol::Alert;
using protocol::AlertKind;
using protocol::AlertState;
using protocol::Timestamp;

using Days = std::chrono::days;

/// Half past one in the afternoon of a Saturday.
inline constexpr Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 7 / 4} + 13h + 30min};
inline constexpr Timestamp runningHour = now - 30min;
inline constexpr Timestamp today = now - 13h - 30min;

/// "raised medium", "over high", …
inline QString wordsOf(const Alert& alert)
{
    return QString(alert.state == AlertState::Resolved ? QStringLiteral("over ")
                                                       : QStringLiteral("raised ")) +
           protocol::nameOf(protocol::alertSeverityNames, alert.severity);
}

/// What a server would say, judging hours and days that the test makes up, one after the other.
class DetectorTest : public QObject
{
protected:
    void begin()
    {
        m_history = std::make_unique<FakeHistory>(now - Days(100));
        m_settings = {};
    }

    const QTimeZone m_utc = QTimeZone::utc();
    std::unique_ptr<FakeHistory> m_history;
    protocol::AlertSettings m_settings;

    /// What is new of a kind, which is kept as the writer would.
    std::optional<Alert> judge(AlertKind kind, Timestamp at = now)
    {
        const auto all = Detector(*m_history, m_utc, m_settings, at).alerts();
        if (!all)
            return std::nullopt;
        for (const Alert& alert : *all)
            m_history->alerts[alert.kind] = alert;
        const auto found = std::ranges::find(*all, kind, &Alert::kind);
        return found == all->end() ? std::nullopt : std::optional(*found);
    }

    QString words(AlertKind kind, Timestamp at = now)
    {
        const auto alert = judge(kind, at);
        return alert ? wordsOf(*alert) : QString();
    }

    /// The usual hours of the page's example: 20 checks each, 0.225 hits a check.
    void quietHours(double duration = 10)
    {
        const Timestamp start = today - Days(20);
        const std::array hits{4, 6, 3, 5, 4, 6, 5, 3, 4, 5, 6, 3};
        for (std::size_t i = 0; i < hits.size(); ++i)
            m_history->hours[start + int(i) * 1h] = importedOf(partOf(20, hits[i], 0, duration));
    }

    void setHour(Timestamp hour, const analytics::Rollup::Part& part)
    {
        m_history->hours[hour] = bucketOf(part);
    }
};

} // namespace prism::test
