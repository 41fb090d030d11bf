#include "server/api/stored_rules.h"

#include "server/api/json_body.h"
#include "server/store/tables/rule_table.h"

#include <limits>

namespace prism::api {

using protocol::Failure;
using protocol::Result;
using rules::Edition;
using rules::RuleSet;
using rules::RuleSetPtr;

namespace {

rules::RuleLimits noLimits()
{
    rules::RuleLimits limits;
    limits.principles = std::numeric_limits<int>::max() / 2;
    limits.regexLength = std::numeric_limits<int>::max();
    return limits;
}

} // namespace

Result<Edition> readRules(store::Database& database, qint64 version)
{
    if (version == 0) {
        const Result<RuleSetPtr> builtIn = rules::builtInRules();
        if (!builtIn)
            return Failure(builtIn.error());
        return Edition{0, {}, {}, *builtIn};
    }
    const Result<store::StoredRules> stored = store::RuleTable(database).find(version);
    if (!stored)
        return Failure(stored.error());
    const Result<QJsonObject> file = parseObject(stored->document, std::numeric_limits<int>::max());
    if (!file)
        return Failure(file.error());
    const Result<RuleSetPtr> rules = RuleSet::make(*file, noLimits());
    if (!rules)
        return Failure(rules.error());
    return Edition{stored->version, stored->createdAt, stored->restoredFrom, *rules};
}

Result<Edition> readNewestRules(store::Database& database)
{
    const Result<qint64> head = store::RuleTable(database).head();
    if (!head)
        return Failure(head.error());
    return readRules(database, *head);
}

} // namespace prism::api
