#pragma once

#include "client/report/request.h"
#include "client/report/server.h"

namespace prism::report {

/// Asks the server for its verdict on a text.
class Judge
{
public:
    /// The worst of the verdicts on its parts, with the violations of all.
    struct Verdict
    {
        protocol::CheckStatus status = protocol::CheckStatus::Pass;
        QList<protocol::Violation> violations;
        QString trouble; ///< why there is none; else empty
    };

    /// `context` says who means to do it where.
    Judge(const Request& request, const protocol::Check& context);

    /// A text that is longer than the server takes is judged in parts that overlap.
    Verdict judge(const QString& text) const;

private:
    Verdict judgePart(Server& server, const QByteArray& key, const QString& text,
                      std::chrono::milliseconds patience) const;

    const Request& m_request;
    const protocol::Check m_context;
};

/// Says on standard error what a verdict says, and returns the exit code: `warning` for a WARNING, 2 for what
/// is BLOCKED, and for what could not be judged where that is to be closed.
int conclude(const Judge::Verdict& verdict, bool failClosed, int warning);

/// What is wrong with the question, so that there can be no verdict.
int giveUp(const QString& why, bool failClosed);

/// All of standard input; nothing where it has more than `most` bytes.
std::optional<QByteArray> standardInput(qint64 most);

/// `prism-report judge`: the exit code.
int judge(const Request& request);

} // namespace prism::report
