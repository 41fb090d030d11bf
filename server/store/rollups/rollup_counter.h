#pragma once

#include "server/store/rollups/delta_writer.h"
#include "server/store/tables/principle_writer.h"
#include "server/store/tables/scope_writer.h"

#include <QHash>

#include <map>
#include <memory>
#include <set>
#include <variant>

namespace prism::store {

/// Counts what a group of writes adds or marks, in everything and in its project, and writes it down as
/// deltas in the group's own transaction: one for each scope and quarter of an hour, whatever is in that
/// already. Until the end of the group it only remembers
/// what there is to count, and from one group to the next nothing, so that going back is forgetting. Lives on
/// its connection's thread.
class RollupCounter
{
public:
    /// Of an older database all but the projects may be counted.
    enum class Counted { All, ProjectsAlone };

    explicit RollupCounter(WriteConnection& connection, Counted counted = Counted::All)
        : m_connection(connection)
        , m_counted(counted)
        , m_principles(connection)
        , m_scopes(connection)
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

    /// The scopes in which as much waits as a reader shall have to read; whoever folds one takes it out.
    std::set<Scope>& due() { return m_due; }

    /// How many deltas were written for projects since this was set to 0, those that were undone included.
    qint64& writtenOfProjects() { return m_writtenOfProjects; }

    /// So many deltas of a project may wait.
    static constexpr qint64 mostWaiting = 64;

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
        QString project;
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

    using Changes = std::map<std::pair<Scope, protocol::Timestamp>, Change>;
    using Numbers = QHash<QString, qint64>; ///< of principles, by id

    Result<Changes> changesOf(const std::vector<Pending>& pending);
    Result<analytics::PrincipleCounts> numbered(Scope scope, const QHash<QString, Principle>& principles,
                                                Numbers& numbers);
    Result<void> noteDue(Scope scope);

    WriteConnection& m_connection;
    const Counted m_counted;
    PrincipleWriter m_principles;
    ScopeWriter m_scopes;
    std::vector<Pending> m_pending;
    std::set<Scope> m_due;
    qint64 m_writtenOfProjects = 0;
};

} // namespace prism::store
