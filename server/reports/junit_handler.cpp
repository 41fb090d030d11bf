#include "server/reports/junit_handler.h"

#include "server/reports/decimal.h"
#include "server/reports/input.h"
#include "shared/protocol/text.h"

#include <cmath>

namespace prism::reports {

using protocol::Result;

namespace {

bool isSuite(const XmlTag& tag)
{
    return tag.name == QLatin1String("testsuites") || tag.name == QLatin1String("testsuite");
}

/// Milliseconds of a time in seconds.
std::optional<double> timeOf(const XmlTag& tag)
{
    const std::optional<double> seconds = decimalNumber(tag.text("time"));
    if (!seconds)
        return std::nullopt;
    return protocol::possibleDuration(std::round(*seconds * 1e6) /
                                      1e3); // as written: 0.1 s are 100 ms, not 100.00000000000001
}

protocol::Violation failureOf(const QString& principle, const QString& file)
{
    protocol::Violation failure;
    failure.principleId = principle;
    failure.severity = protocol::Severity::Block;
    failure.file = file;
    return failure;
}

} // namespace

Result<void> JunitHandler::begin(const XmlTag& tag)
{
    if (tag.depth == 1 && !isSuite(tag))
        return protocol::Failure(protocol::Error{
            {}, QStringLiteral("begins with <%1>; <testsuites> or <testsuite> is expected").arg(tag.name)});
    if (isSuite(tag) && !m_test && isInSuite(tag))
        beginSuite(tag);
    else if (tag.name == QLatin1String("testcase") && !m_test && isInSuite(tag))
        beginTest(tag);
    else if (!m_failure && (isInTest(tag) || (!m_test && isInSuite(tag))))
        beginOutcome(tag);
    return {};
}

void JunitHandler::beginSuite(const XmlTag& tag)
{
    Suite suite = m_suites.empty() ? Suite() : m_suites.back();
    if (const QString name = tag.text("name"); !name.isEmpty())
        suite.name = name;
    if (const QString file = tag.text("file"); !file.isEmpty())
        suite.file = file;
    if (const auto time = suite.isTimed ? std::nullopt : timeOf(tag)) {
        m_duration = m_duration.value_or(0) + *time;
        suite.isTimed = true;
    }
    if (tag.depth == 1)
        m_gate = suite.name;
    else if (tag.depth == 2 && m_suites.front().name.isEmpty())
        m_gate = ++m_outerSuites == 1 ? suite.name : QString();
    m_suites.push_back(std::move(suite));
}

void JunitHandler::beginTest(const XmlTag& tag)
{
    ++m_tests;
    const Suite& suite = m_suites.back();
    const QString className = tag.text("classname");
    const QString& scope = className.isEmpty() ? suite.name : className;
    const QString id = scope.isEmpty() ? tag.text("name") : scope + u'.' + tag.text("name");
    const QString file = tag.text("file");
    m_test = Test{failureOf(id, file.isEmpty() ? suite.file : file), tag.depth};
    m_test->failed.line = placeNumber(tag.text("line"));
}

void JunitHandler::beginOutcome(const XmlTag& tag)
{
    if (tag.name == QLatin1String("failure") || tag.name == QLatin1String("error")) {
        m_failure = m_test ? m_test->failed : failureOf(m_suites.back().name, m_suites.back().file);
        m_failure->message = tag.text("message");
        m_said.clear();
        m_failureDepth = tag.depth;
    } else if (tag.name == QLatin1String("skipped") && m_test) {
        m_notes.add(QLatin1String("tests that were skipped are no violations"));
    } else if (tag.name == QLatin1String("flakyFailure") || tag.name == QLatin1String("flakyError")) {
        m_notes.add(
            QLatin1String("failures of tests that passed when they were run again are no violations"));
    }
}

/// What a failure says where it has no message.
void JunitHandler::text(QStringView piece)
{
    if (m_failure && m_said.size() < messageLength)
        m_said += piece.left(messageLength);
}

void JunitHandler::end(int depth)
{
    if (m_failure && depth == m_failureDepth) {
        if (protocol::isBlank(m_failure->message))
            m_failure->message = m_said;
        m_findings.add(*std::exchange(m_failure, {}));
    } else if (m_test && depth == m_test->depth) {
        m_test.reset();
    } else if (!m_test && !m_failure && depth == int(m_suites.size())) {
        m_suites.pop_back();
    }
}

Report JunitHandler::take()
{
    if (m_tests == 0)
        m_notes.add(QLatin1String("tests in the file"), 0);
    Run run = m_findings.take(m_gate.isEmpty() ? QStringLiteral("junit") : m_gate, m_duration);
    return Report{{std::move(run)}, m_notes.texts()};
}

} // namespace prism::reports
