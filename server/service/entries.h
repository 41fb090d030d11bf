#pragma once

#include "server/service/actor.h"
#include "server/store/uuid.h"
#include "server/store/writing/transaction.h"
#include "shared/protocol/try.h"

namespace prism::service {

/// A check or a retrospective that is to be stored, and its JSON: made before the writer's turn, on any
/// thread, since every other write waits for that.
template <typename T>
struct NewEntry
{
    T entry;
    QByteArray json;

    /// With an id.
    static NewEntry of(T entry)
    {
        if (entry.id.isEmpty())
            entry.id = store::makeUuidV7();
        NewEntry made{std::move(entry), {}};
        made.json = encode(made.entry);
        return made;
    }
};

/// Entries that are stored together: all or none.
template <typename T>
struct NewEntries
{
    std::vector<NewEntry<T>> entries;
    bool imported = false; ///< brought in from elsewhere afterwards
};

/// An entry as it is stored now.
struct StoredEntry
{
    bool isNew = true; ///< else one with its id was there already
    QByteArray json;

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.isNew, self.json);
    }
};

/// What became of entries that came together.
struct StoredEntries
{
    qint64 received = 0;
    qint64 created = 0; ///< the others were there already

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.received, self.created);
    }
};

/// Stores each entry by `add`, which says whether it was new.
template <typename T, typename Add>
protocol::Result<StoredEntries> addEach(const NewEntries<T>& all, const Add& add)
{
    StoredEntries stored{qint64(all.entries.size()), 0};
    for (const NewEntry<T>& each : all.entries) {
        PRISM_TRY_ASSIGN(const bool isNew, add(each));
        stored.created += isNew ? 1 : 0;
    }
    return stored;
}

/// Stores the one entry by `add`; where one with its id is there already, that is what `find` gives. One that
/// is too old to be kept, and so is not found, is taken for having been there as it is now.
template <typename T, typename Add, typename Find>
protocol::Result<StoredEntry> addOne(const NewEntries<T>& one, const Add& add, const Find& find)
{
    const NewEntry<T>& only = one.entries.front();
    PRISM_TRY_ASSIGN(const bool isNew, add(only));
    if (isNew)
        return StoredEntry{true, only.json};
    const protocol::Result<T> existing = find(only.entry.id);
    if (existing)
        return StoredEntry{false, encode(*existing)};
    if (existing.error().code == protocol::ErrorCode::NotFound)
        return StoredEntry{false, only.json};
    return protocol::Failure(existing.error());
}

} // namespace prism::service
