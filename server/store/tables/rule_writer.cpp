#include "server/store/tables/rule_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<StoredRules> RuleWriter::add(StoredRules rules, int kept)
{
    PRISM_TRY_ASSIGN(const qint64 newest, head());
    rules.version = newest + 1;
    PRISM_TRY(m_connection.execute(
        "INSERT INTO rule_versions (version, created_at, principles, restored_from, document) "
        "VALUES (?, ?, ?, ?, ?)",
        {rules.version, protocol::toMillis(rules.createdAt), rules.principles, rules.restoredFrom,
         Value::utf8(rules.document)}));
    PRISM_TRY(m_connection.execute("DELETE FROM rule_versions WHERE version <= ?", {rules.version - kept}));
    return rules;
}

} // namespace prism::store
