#include "server/rules/rule_book.h"

#include <QFile>
#include <QJsonDocument>

namespace prism::rules {

Edition RuleBook::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_edition;
}

void RuleBook::publish(const Edition& edition)
{
    const std::lock_guard lock(m_mutex);
    if (edition.version > m_edition.version)
        m_edition = edition;
}

protocol::Result<RuleSetPtr> builtInRules()
{
    QFile file(QStringLiteral(":/rules/default.json"));
    if (!file.open(QIODevice::ReadOnly))
        return protocol::Failure(protocol::Error{protocol::ErrorCode::Internal,
                                                 QStringLiteral("The built-in rules are missing.")});
    return RuleSet::make(QJsonDocument::fromJson(file.readAll()).object(), RuleLimits());
}

} // namespace prism::rules
