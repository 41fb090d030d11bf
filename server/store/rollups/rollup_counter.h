#pragma once

#include "server/store/rollups/delta_writer.h"
#include "server/store/tables/principle_writer.h"

#include <QHash>

#include <map>
#include <memory>
#include <variant>

namespace prism::store {

/// Counts what a group of writes adds or marks, and writes it down as deltas in the group's own transaction:
/// one for each quarter of an hour, whatever is in that already. Until the end of the group it only remembers
/// what there is to count, and from one group to the next nothing, so that going back is forgetting. Lives on
/// its connection's thread.
class RollupCounter
{
public:
    explicit RollupCounter(WriteConnection& connection)
        : m_deltas(connection)
        , m_principles(connection)
    {
    }

    /// A late one counts in the quarter it belongs to. `principles` are those that are known beforehand, if
    /// any.
    void add(const protocol::Check& check, bool imported,
             std::shared_ptr<const KnownPrinciples> principles = nullptr);
    void add(const protocol::Retro& retro, bool imported);
    void remark(const protocol::Check& before, const protocol::Check& after, bool imported);

    /// How much there is to count.
    std::size_t mark() const { return m_pending.size(); }

    /// Forgets what came after the mark. What was written since is rolled back.
    void returnTo(std::size_t mark);

    /// To be called before the commit.
    Result<void> write();

private:
    struct AddedCheck
    {
        protocol::Check check;
        std::shared_ptr<const KnownPrinciples> principles;
    };
    struct AddedRetro
    {
        protocol::Retro retro;
    };
    struct Remarked
    {
        protocol::Check before;
        protocol::Check after;
    };
    struct Pending
    {
        protocol::Timestamp time;
        bool imported = false;
        std::variant<AddedCheck, AddedRetro, Remarked> what;
    };

    /// A principle while its number is not known, or whether it has this name.
    struct Principle
    {
        QString name;
        qint64 count = 0;
        std::optional<qint64> number = {};
    };

    /// What changes in one quarter.
    struct Change
    {
        analytics::Rollup rollup;
        QHash<QString, Principle> principles;

        void apply(const Pending& pending);
        void count(const protocol::Check& check, int sign, const KnownPrinciples& known = {});
    };

    Result<analytics::PrincipleCounts> numbered(const QHash<QString, Principle>& principles);

    DeltaWriter m_deltas;
    PrincipleWriter m_principles;
    std::vector<Pending> m_pending;
};

} // namespace prism::store
