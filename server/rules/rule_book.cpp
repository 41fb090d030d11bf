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
    const bool isNewer = edition.version > m_edition.version;
    if (isNewer || (edition.version == m_edition.version && !m_edition.rules))
        m_edition = edition;
}

QJsonObject builtInFile()
{
    QFile file(QStringLiteral(":/rules/default.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

protocol::Result<RuleSetPtr> builtInRules()
{
    return RuleSet::make(builtInFile(), RuleLimits());
}

} // namespace prism::rules
