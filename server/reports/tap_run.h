#pragma once

#include "server/reports/findings.h"
#include "server/reports/tap_line.h"

namespace prism::reports {

/// Makes a run of the lines of the Test Anything Protocol. Belongs to the reading of one file.
class TapRun
{
public:
    void add(QStringView line);

    /// Whether any line was of the protocol.
    bool isAny() const { return m_isAny; }

    Report take();

private:
    /// Tests that stand equally far from the left, up to the test that they are part of.
    struct Level
    {
        qsizetype indent = 0;
        bool hasFailed = false; ///< one of its tests, or one within them
        Findings::Mark before;  ///< the first of its tests
    };

    void addPoint(const TapPoint& point, qsizetype indent);
    Level leaveWithin(qsizetype indent);
    bool addDetail(QStringView content, qsizetype indent);
    void flush();
    void block(const QString& principle, const QString& message);

    Notes m_notes;
    Findings m_findings{m_notes, QStringLiteral("tap")};
    bool m_isAny = false;
    std::optional<QString> m_bailedOut; ///< why
    std::optional<qsizetype> m_excused; ///< how far from the left a test stands that goes on, and is excused
    qint64 m_outerPoints = 0;
    std::optional<qint64> m_outerPlan;
    std::optional<double> m_duration;
    std::vector<Level> m_levels;                 ///< the outermost first
    std::optional<protocol::Violation> m_failed; ///< of which more may be said
    qsizetype m_pointIndent = 0;                 ///< of the last test
    qsizetype m_detailIndent = -1;               ///< of the details of the last test, while they last
};

} // namespace prism::reports
