#pragma once

#include "server/store/tables/gate_checks.h"
#include "server/store/tables/gate_reader.h"
#include "server/store/tables/stored_gate.h"
#include "server/store/write_connection.h"

#include <map>

namespace prism::store {

/// A gate stands in another way than before: of one that is not there any more there is no such thing.
struct GateTurn
{
    protocol::GateName name;
    QString branch;
    std::optional<protocol::CheckStatus> from; ///< nothing when it was not known before
    protocol::CheckStatus to = protocol::CheckStatus::Pass;
    QString checkId; ///< by which it has the status that it has now

    /// Whether it turned to BLOCKED, or from it.
    bool isNews() const;
};

/// So many are kept, so that names nobody meant as a gate, such as one with the number of the run, do not
/// pile up.
constexpr int mostGates = 10'000;

/// What came of counting gates anew.
struct GateRecount
{
    std::vector<GateTurn> turns;
    int changed = 0; ///< how many stood otherwise, are new or are gone
};

/// Keeps how the gates stand, in the transaction of their checks: a gate is read with the first of them and
/// written behind the last. Only where a check breaks a row of equal ones in its midst, or was changed, is
/// the gate counted anew, by the index. Lives on its connection's thread, and no longer than its transaction.
class GateWriter : public GateReader
{
public:
    explicit GateWriter(WriteConnection& connection)
        : GateReader(connection)
        , m_connection(connection)
    {
    }
    GateWriter(const GateWriter&) = delete;
    GateWriter& operator=(const GateWriter&) = delete;

    /// After the check was stored, as one of this number. `isLive` says that it was neither imported nor
    /// late.
    Result<std::optional<GateTurn>> add(const protocol::Check& check, qint64 ordinal, bool isLive);

    /// After a stored check was changed.
    Result<std::optional<GateTurn>> change(const protocol::Check& before, const protocol::Check& after);

    /// Before the oldest `most` checks of before `limit` are removed: what they say of their gates stays.
    Result<void> keepOldest(protocol::Timestamp limit, int most);

    /// The gate is not listed until its next check. Whether there was one.
    Result<bool> forget(const protocol::GateName& name);

    /// The main branches are others: has all gates counted anew, by recountSome().
    Result<void> beginRecount();

    /// Goes on with it for `most` gates; whether there is more to do.
    Result<bool> recountSome(int most, GateRecount& recounted);

    /// Lets those go that were not heard of for longest while there are more than `most`.
    Result<int> trim(int most);

    /// Writes down what has changed; to be called before the commit, and before a part begins that may be
    /// undone.
    Result<void> flush();

    /// Forgets what has changed since: that part was undone.
    void undo();

    /// As a reader would, and what was not written down yet.
    Result<std::optional<protocol::GateState>> find(const protocol::GateName& name);

    /// How many gates came into the table since this was asked last.
    int takeNewOnes() { return std::exchange(m_newOnes, 0); }

private:
    /// Whether this is about a check that has just come.
    enum class Heard { Before, Now };

    Result<const QStringList*> branches();
    Result<std::optional<StoredGate>> stored(const protocol::GateName& name);
    Result<void> put(const StoredGate& gate);
    Result<std::optional<GateTurn>> recount(const protocol::GateName& name,
                                            const std::optional<StoredGate>& before, Heard heard);
    Result<void> removeUncounted(const StoredGate& gate);
    static std::optional<GateTurn> turnOf(std::optional<protocol::CheckStatus> before,
                                          const StoredGate& after);
    Result<StoredGate*> known(const protocol::GateName& name);

    WriteConnection& m_connection;
    std::map<std::pair<QString, QString>, StoredGate>
        m_known;                           ///< by project and gate, since the last flush()
    std::optional<QStringList> m_branches; ///< once they were asked for
    int m_newOnes = 0;
    int m_recounted = 0; ///< how many a recount found to stand otherwise
};

} // namespace prism::store
