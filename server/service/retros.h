#pragma once

#include "server/service/entries.h"

namespace prism::service {

/// How retrospectives are added. On the writer's thread.
class Retros
{
public:
    using New = NewEntry<protocol::Retro>;
    using NewOnes = NewEntries<protocol::Retro>;

    /// Stores the one retrospective of `retro`.
    static protocol::Result<StoredEntry> add(store::Transaction& transaction, const Actor& actor,
                                             const NewOnes& retro);

    /// Stores those that are not there yet.
    static protocol::Result<StoredEntries> addAll(store::Transaction& transaction, const Actor& actor,
                                                  const NewOnes& retros);
};

} // namespace prism::service
