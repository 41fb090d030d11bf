#include "server/reports/tap_run.h"

#include "server/reports/input.h"

#include <algorithm>

namespace prism::reports {

using protocol::Violation;

void TapRun::add(QStringView line)
{
    const auto start =
        std::find_if_not(line.begin(), line.end(), [](QChar c) { return c == u' ' || c == u'\t'; });
    const qsizetype indent = start - line.begin();
    const QStringView content = line.sliced(indent);
    if (content.isEmpty() || addDetail(content, indent))
        return;
    if (const auto point = tapPoint(content)) {
        addPoint(*point, indent);
    } else if (const auto plan = tapPlan(content)) {
        m_isAny = true;
        if (indent == 0)
            m_outerPlan = plan;
    } else if (constexpr QStringView bail = u"Bail out!"; content.startsWith(bail) && !m_bailedOut) {
        m_isAny = true;
        m_bailedOut = content.sliced(bail.size()).trimmed().toString();
    } else if (content.startsWith(u"TAP version ")) {
        m_isAny = true;
    } else if (const auto time = indent == 0 ? tapTime(content) : std::nullopt) {
        m_duration = time;
    }
}

/// A line of what stands between --- and ... below a test; whether it was one. Of all that is said there,
/// only the place and the reason are read, whose names differ from program to program.
bool TapRun::addDetail(QStringView content, qsizetype indent)
{
    if (m_detailIndent < 0) {
        if (content != u"---" || indent <= m_pointIndent)
            return false;
        m_detailIndent = indent;
        return true;
    }
    if (indent <= m_detailIndent && (content == u"..." || indent < m_detailIndent)) {
        m_detailIndent = -1;
        return content == u"...";
    }
    const qsizetype colon = content.indexOf(u": ");
    if (!m_failed || colon < 0)
        return true;
    const QStringView name = content.first(colon);
    QStringView value = content.sliced(colon + 2).trimmed();
    if (value.size() > 1 && value.front() == value.back() &&
        (value.front() == u'\'' || value.front() == u'"'))
        value = value.sliced(1, value.size() - 2);
    if (m_failed->file.isEmpty() && (name == u"fileName" || name == u"file"))
        m_failed->file = value.toString();
    else if (m_failed->line == 0 && (name == u"lineNumber" || name == u"line"))
        m_failed->line = placeNumber(value.toString());
    else if (m_failed->column == 0 && (name == u"columnNumber" || name == u"column"))
        m_failed->column = placeNumber(value.toString());
    else if (m_failed->message.isEmpty() && (name == u"message" || name == u"error"))
        m_failed->message = value.toString();
    return true;
}

void TapRun::addPoint(const TapPoint& point, qsizetype indent)
{
    flush();
    m_isAny = true;
    m_pointIndent = indent;
    m_outerPoints += indent == 0 ? 1 : 0;
    const Level within = leaveWithin(indent);
    if (m_excused && indent <= *m_excused)
        m_excused.reset();
    if (point.isExcused) {
        m_notes.add(QLatin1String("tests marked TODO or SKIP are no violations"));
        m_findings.returnTo(within.before);
        if (point.isOpen && !m_excused)
            m_excused = indent;
    }
    if (point.isOk || point.isExcused || m_excused)
        return;
    m_levels.back().hasFailed = true;
    if (within.hasFailed)
        return;
    m_failed.emplace();
    m_failed->severity = protocol::Severity::Block;
    m_failed->principleId =
        point.description.isEmpty() ? QStringLiteral("test ") + point.number : point.description;
}

/// What is within the test that stands this far from the left: it is over.
TapRun::Level TapRun::leaveWithin(qsizetype indent)
{
    Level within{indent, false, m_findings.mark()};
    while (!m_levels.empty() && m_levels.back().indent > indent) {
        within.hasFailed = within.hasFailed || m_levels.back().hasFailed;
        within.before = m_levels.back().before;
        m_levels.pop_back();
    }
    if (m_levels.empty() || m_levels.back().indent < indent)
        m_levels.push_back({indent, false, m_findings.mark()});
    return within;
}

void TapRun::flush()
{
    m_detailIndent = -1;
    if (m_failed)
        m_findings.add(*std::exchange(m_failed, {}));
}

void TapRun::block(const QString& principle, const QString& message)
{
    Violation violation;
    violation.principleId = principle;
    violation.severity = protocol::Severity::Block;
    violation.message = message;
    m_findings.add(std::move(violation));
}

Report TapRun::take()
{
    flush();
    const qint64 planned = m_outerPlan.value_or(m_outerPoints);
    if (m_bailedOut)
        block(QStringLiteral("bail-out"), *m_bailedOut);
    else if (planned != m_outerPoints)
        block(QStringLiteral("plan"),
              QStringLiteral("%1 tests were planned and %2 ran").arg(planned).arg(m_outerPoints));
    return Report{{m_findings.take(QStringLiteral("tap"), m_duration)}, m_notes.texts()};
}

} // namespace prism::reports
