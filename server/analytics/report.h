#pragma once

#include "server/analytics/window.h"
#include "shared/protocol/check.h"
#include "shared/protocol/custom_report.h"
#include "shared/protocol/names.h"
#include "shared/protocol/retro.h"

#include <QSet>

#include <functional>
#include <map>

namespace prism::analytics {

/// What rows can be grouped by. Days, weeks (from Monday on) and months are those of the database's zone.
enum class Dimension { Principle, Status, Project, Gate, Branch, User, Severity, Pattern, Day, Week, Month };

inline constexpr std::array<protocol::Name<Dimension>, 11> dimensionNames{
    {{Dimension::Principle, "principle"},
     {Dimension::Status, "status"},
     {Dimension::Project, "project"},
     {Dimension::Gate, "gate"},
     {Dimension::Branch, "branch"},
     {Dimension::User, "user"},
     {Dimension::Severity, "severity"},
     {Dimension::Pattern, "pattern"},
     {Dimension::Day, "day"},
     {Dimension::Week, "week"},
     {Dimension::Month, "month"}}};

/// Which values each dimension may have; a dimension that is not named may have any. Not for times.
using ReportFilters = std::map<Dimension, QStringList>;

struct ReportQuery
{
    QList<Dimension> dimensions; ///< in the order of the rows; none for one row of everything
    QStringList metrics;         ///< for which isReportMetric() holds; the rows have them by these names
    ReportFilters filters;
};

/// The names of the numbers a report can give.
QStringList reportMetrics();

/// Whether it is one of them, or a shorter name of one.
bool isReportMetric(const QString& name);

/// Groups what happened, entry by entry. A check counts in each group in which it has a violation; a group by
/// principle, severity or pattern counts the violations that are its own. What an entry does not have (a
/// retrospective's status, a clean check's principle) is null in its row, and so is what is not known of
/// violations that are counted and not kept.
class Report
{
public:
    /// `zone` is borrowed.
    Report(ReportQuery query, const QTimeZone& zone);

    void add(const protocol::Check& check);
    void add(const protocol::Retro& retro);

    std::size_t rowCount() const { return m_groups.size(); }

    /// What its groups take up, about.
    std::size_t bytes() const { return m_bytes; }

    /// One a group, in the order of the dimensions' values. A report without dimensions always has one row.
    /// Breaks off, and is not whole, once `isEnough` gives true.
    QList<protocol::ReportRow> rows(const std::function<bool()>& isEnough = {}) const;

private:
    struct Group
    {
        qint64 checks = 0;
        qint64 passed = 0;
        qint64 checksWithViolations = 0;
        qint64 violations = 0;
        qint64 falsePositives = 0;
        QSet<QString> users; ///< like the sessions, kept only where they are asked for
        QSet<QString> sessions;
        qint64 timed = 0;    ///< checks of which it is known how long they took
        double duration = 0; ///< of those together, in ms
        std::optional<double> shortest;
        std::optional<double> longest;
        std::vector<double> durations; ///< kept only where a percentile is asked for
        qint64 retros = 0;
        qint64 timedRetros = 0;
        double retroDuration = 0;
    };

    /// What of a check's violations belongs to one group.
    struct Own
    {
        qint64 violations = 0;
        qint64 falsePositives = 0;
    };

    using Quarter =
        std::chrono::time_point<std::chrono::system_clock, std::chrono::duration<qint64, std::ratio<900>>>;
    using Key = QStringList; ///< one value a dimension; empty for none

    bool allows(Dimension dimension, const QString& value) const;
    bool allowsRetros() const;
    Key keyOf(const protocol::Check& check, const QString& status);
    Key with(Key key, const QString& principle, const QString& severity, const QString& pattern) const;
    Group& groupOf(const Key& key);
    void note(QSet<QString>& set, const QString& text);
    void addTo(Group& group, const protocol::Check& check, const Own& own);
    void addTo(Group& group, double duration);
    QString dayName(Dimension dimension, protocol::Timestamp time);
    static std::optional<double> valueOf(const QString& metric, const Group& group);

    const ReportQuery m_query;
    const QTimeZone& m_zone;
    bool m_splitsViolations = false;
    bool m_narrowsViolations = false;
    bool m_wantsRetros = false;
    bool m_keepsDurations = false;
    bool m_keepsUsers = false;
    bool m_keepsSessions = false;
    std::size_t m_bytes = 0;
    std::map<Key, Group> m_groups;
    std::optional<Quarter> m_quarter; ///< the one that m_day lies in
    QDate m_day;
};

} // namespace prism::analytics
