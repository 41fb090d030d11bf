#pragma once

#include "server/rules/rule_set.h"
#include "shared/protocol/timestamp.h"

#include <mutex>
#include <optional>

namespace prism::rules {

/// One version of the rules that the server judges by.
struct Edition
{
    qint64 version = 0; ///< 0 for the rules that come with the program
    protocol::Timestamp createdAt;
    std::optional<qint64> restoredFrom;
    RuleSetPtr rules; ///< null while they are being compiled
};

/// The rules that hold now. Used from any thread; an edition taken from it stays as it is.
class RuleBook
{
public:
    explicit RuleBook(const Edition& edition)
        : m_edition(edition)
    {
    }

    Edition current() const;

    /// From now on this one holds, unless a newer one does already, or the same that is compiled.
    void publish(const Edition& edition);

private:
    mutable std::mutex m_mutex;
    Edition m_edition;
};

/// The rules that come with the program: the file, and ready to judge by.
QJsonObject builtInFile();
protocol::Result<RuleSetPtr> builtInRules();

} // namespace prism::rules
