#pragma once

#include "server/store/tables/time_page.h"
#include "shared/protocol/check.h"

namespace prism::store {

/// Which checks a list is to contain. Empty texts do not filter. What is said of a violation holds for one
/// and the same of the check's.
struct CheckQuery : TimePage
{
    std::optional<protocol::CheckStatus> status;
    QString principle;
    QStringList projects; ///< any where there is none
    QString user;
    QString gate = {};
    QString session = {};
    QString branch = {};
    QString commit = {};
    std::optional<protocol::Severity> severity = {};
    std::optional<bool> falsePositive = {};
    QString text = {}; ///< somewhere in the person, project, gate, branch, or a principle, message or file

    qint64 rows = 50'000; ///< how many checks and violations are looked at, about

    bool isNarrowed() const
    {
        return status || severity || falsePositive || !principle.isEmpty() || !projects.isEmpty() ||
               !user.isEmpty() || !gate.isEmpty() || !session.isEmpty() || !branch.isEmpty() ||
               !commit.isEmpty() || !text.isEmpty();
    }
};

} // namespace prism::store
