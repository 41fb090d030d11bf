#pragma once

#include "server/reports/findings.h"
#include "server/reports/xml.h"

namespace prism::reports {

/// Makes a run of the suites and tests in a file of JUnit's XML. Belongs to the reading of one file.
class JunitHandler : public XmlHandler
{
public:
    protocol::Result<void> begin(const XmlTag& tag) override;
    void text(QStringView piece) override;
    void end(int depth) override;

    Report take();

private:
    struct Suite
    {
        QString name;
        QString file;
        bool isTimed = false; ///< it says how long it took, or one around it does
    };

    struct Test
    {
        protocol::Violation failed; ///< what a failure of it is
        int depth = 0;
    };

    bool isInSuite(const XmlTag& tag) const { return tag.depth == int(m_suites.size()) + 1; }
    bool isInTest(const XmlTag& tag) const { return m_test && tag.depth == m_test->depth + 1; }
    void beginSuite(const XmlTag& tag);
    void beginTest(const XmlTag& tag);
    void beginOutcome(const XmlTag& tag);

    Notes m_notes;
    Findings m_findings{m_notes, QStringLiteral("junit")};
    QString m_gate;
    std::optional<double> m_duration;
    qint64 m_tests = 0;
    qint64 m_outerSuites = 0;
    std::vector<Suite> m_suites;                  ///< around the place, the outermost first
    std::optional<Test> m_test;                   ///< around the place
    std::optional<protocol::Violation> m_failure; ///< around the place
    QString m_said;                               ///< between the tags of that failure
    int m_failureDepth = 0;
};

} // namespace prism::reports
