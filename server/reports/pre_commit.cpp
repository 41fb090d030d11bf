#include "server/reports/pre_commit.h"

#include "server/reports/findings.h"
#include "server/reports/input.h"
#include "server/reports/lines.h"

namespace prism::reports {

using protocol::Result;
using protocol::Violation;

namespace {

enum class Outcome { Passed, Failed, Skipped };

constexpr std::array<protocol::Name<Outcome>, 3> outcomes{
    {{Outcome::Passed, "Passed"}, {Outcome::Failed, "Failed"}, {Outcome::Skipped, "Skipped"}}};

struct HookLine
{
    QStringView name;
    Outcome outcome = Outcome::Passed;
};

/// "trailing whitespace....(no files to check)Skipped"
std::optional<HookLine> hookLine(QStringView line)
{
    for (const auto& outcome : outcomes) {
        if (!line.endsWith(QLatin1String(outcome.text)))
            continue;
        line.chop(qsizetype(qstrlen(outcome.text)));
        if (line.endsWith(u')'))
            line = line.first(std::max<qsizetype>(line.lastIndexOf(u'('), 0));
        if (!line.endsWith(u"..."))
            return std::nullopt;
        while (line.endsWith(u'.'))
            line.chop(1);
        return line.isEmpty() ? std::nullopt : std::optional(HookLine{line, outcome.value});
    }
    return std::nullopt;
}

/// Makes a run of lines.
class HookLines
{
public:
    void add(QStringView line)
    {
        if (const auto hook = hookLine(line))
            begin(*hook);
        else if (line.startsWith(u"An error has occurred: "))
            addTrouble(line);
        else if (m_failed && line.startsWith(u"- "))
            describe(line.sliced(2));
        else if (line.isEmpty())
            finish();
    }

    Result<Report> take()
    {
        finish();
        if (!m_isAny)
            return unreadable(QStringLiteral("report"),
                              QStringLiteral("has no line such as \"mypy......Passed\""));
        return Report{{m_findings.take(QStringLiteral("pre-commit"))}, m_notes.texts()};
    }

private:
    void begin(const HookLine& hook)
    {
        finish();
        m_isAny = true;
        if (hook.outcome == Outcome::Skipped)
            m_notes.add(QLatin1String("hooks that were skipped are no violations"));
        if (hook.outcome != Outcome::Failed)
            return;
        m_failed.emplace();
        m_failed->principleId = hook.name.toString();
        m_failed->principleName = m_failed->principleId;
        m_failed->severity = protocol::Severity::Block;
    }

    /// What stands below the line of a hook that failed.
    void describe(QStringView said)
    {
        constexpr QStringView id = u"hook id: ";
        if (said.startsWith(id))
            m_failed->principleId = said.sliced(id.size()).toString();
        else if (m_failed->message.size() < messageLength)
            m_failed->message +=
                (m_failed->message.isEmpty() ? QString() : QStringLiteral(", ")) + said.toString();
    }

    /// Of pre-commit itself.
    void addTrouble(QStringView line)
    {
        finish();
        m_isAny = true;
        Violation trouble;
        trouble.principleId = QStringLiteral("tool-failed");
        trouble.severity = protocol::Severity::Block;
        trouble.message = line.toString();
        m_findings.add(std::move(trouble));
    }

    void finish()
    {
        if (m_failed)
            m_findings.add(*std::exchange(m_failed, {}));
    }

    Notes m_notes;
    Findings m_findings{m_notes, QStringLiteral("pre-commit")};
    bool m_isAny = false;
    std::optional<Violation> m_failed; ///< of which more may be said
};

} // namespace

bool isPreCommitLine(QStringView line)
{
    return hookLine(line).has_value();
}

Result<Report> readPreCommit(const QByteArray& bytes, const IsEnough& isEnough)
{
    HookLines lines;
    PRISM_TRY(forEachLine(plainText(bytes), isEnough, [&](QStringView line) { lines.add(line); }));
    return lines.take();
}

} // namespace prism::reports
