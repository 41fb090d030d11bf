#include "server/reports/checkstyle.h"

#include "server/reports/findings.h"
#include "server/reports/input.h"
#include "server/reports/severities.h"
#include "server/reports/xml.h"
#include "shared/protocol/try.h"

namespace prism::reports {

using protocol::Result;
using protocol::Severity;
using protocol::Violation;

namespace {

constexpr std::array<protocol::Name<Severity>, 3> checkstyleSeverities{
    {{Severity::Block, "error"}, {Severity::Warning, "warning"}, {Severity::Info, "info"}}};

class CheckstyleHandler : public XmlHandler
{
public:
    Result<void> begin(const XmlTag& tag) override
    {
        constexpr int fileDepth = 2;
        if (tag.depth == 1 && tag.name != QLatin1String("checkstyle"))
            return protocol::Failure(protocol::Error{
                {}, QStringLiteral("begins with <%1>; <checkstyle> is expected").arg(tag.name)});
        if (tag.depth == fileDepth)
            m_file = tag.text("name");
        else if (tag.depth == fileDepth + 1 && tag.name == QLatin1String("error"))
            addError(tag);
        else if (tag.depth == fileDepth + 1 && tag.name == QLatin1String("exception"))
            beginException();
        return {};
    }

    void text(QStringView piece) override
    {
        if (m_exception && m_exception->message.size() < messageLength)
            m_exception->message += piece.left(messageLength);
    }

    /// What ended Checkstyle's own work on a file.
    void end(int) override
    {
        if (m_exception)
            m_findings.add(*std::exchange(m_exception, {}));
    }

    Report take() { return Report{{m_findings.take(QStringLiteral("checkstyle"))}, m_notes.texts()}; }

private:
    void beginException()
    {
        m_exception.emplace();
        m_exception->principleId = QStringLiteral("exception");
        m_exception->severity = Severity::Block;
        m_exception->file = m_file;
    }

    void addError(const XmlTag& tag)
    {
        const QString severity = tag.text("severity");
        if (severity.compare(QLatin1String("ignore"), Qt::CaseInsensitive) == 0) {
            m_notes.add(QLatin1String("errors of severity ignore are no violations"));
            return;
        }
        Violation violation;
        violation.principleId = tag.text("source");
        violation.severity = weigh(checkstyleSeverities, severity, m_notes);
        violation.message = tag.text("message");
        violation.file = m_file;
        violation.line = placeNumber(tag.text("line"));
        violation.column = placeNumber(tag.text("column"));
        m_findings.add(std::move(violation));
    }

    Notes m_notes;
    Findings m_findings{m_notes, QStringLiteral("checkstyle")};
    QString m_file;
    std::optional<Violation> m_exception;
};

} // namespace

Result<Report> readCheckstyle(const QByteArray& bytes, const IsEnough& isEnough)
{
    CheckstyleHandler handler;
    PRISM_TRY(readXml(bytes, handler, isEnough));
    return handler.take();
}

} // namespace prism::reports
