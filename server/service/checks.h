#pragma once

#include "server/service/encoded.h"
#include "server/service/entries.h"

namespace prism::service {

/// That a violation of a check counts, or that it does not.
struct ViolationMark
{
    QString checkId;
    qint64 position = -1; ///< of the violation, from 0 on
    bool falsePositive = false;
    QString reason = {};
    QString by = {};
    qint64 mostRemembered = 100'000; ///< findings, of all projects
};

/// A finding that is to be known as a false positive no longer.
struct FalsePositiveRemoval
{
    QString id;
};

/// How the results of quality gates are changed. On the writer's thread.
class Checks
{
public:
    using New = NewEntry<protocol::Check>;
    using NewOnes = NewEntries<protocol::Check>;

    /// Has what is very much written beforehand. On any thread, before the writer's turn.
    static void stage(NewOnes& checks);

    /// Stores the one check of `check`.
    static protocol::Result<StoredEntry> add(store::Transaction& transaction, const Actor& actor,
                                             const NewOnes& check);

    /// Stores the check, of which a part may be there, and tells of it; nothing where it was there already.
    /// For other use cases.
    static protocol::Result<std::optional<KeptCheck>> addNew(store::Transaction& transaction,
                                                             const Actor& actor, const New& check,
                                                             const store::Arrival& arrival,
                                                             const store::StagedChecks* staged = nullptr);

    /// The check with this id is told anew: its status, violations and address are those of this one. For
    /// other use cases.
    static protocol::Result<Encoded> retell(store::Transaction& transaction, const Actor& actor,
                                            const protocol::Check& check);

    /// Stores those that are not there yet.
    static protocol::Result<StoredEntries> addAll(store::Transaction& transaction, const Actor& actor,
                                                  const NewOnes& checks);

    /// The check as it is then, as others are told. NotFound, and Quota. A mark that is set already changes
    /// nothing of it and is not announced. What is found by it later on is marked as well, or no more.
    static protocol::Result<Encoded> mark(store::Transaction& transaction, const Actor& actor,
                                          const ViolationMark& mark);

    /// What arrives is not marked by it any more; what did stays as it is. As it was; NotFound.
    static protocol::Result<Encoded> forgetFalsePositive(store::Transaction& transaction, const Actor& actor,
                                                         const FalsePositiveRemoval& removal);
};

} // namespace prism::service
