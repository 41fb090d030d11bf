#pragma once

#include "server/service/actor.h"
#include "server/store/uuid.h"
#include "server/store/writing/staged_checks.h"
#include "shared/protocol/try.h"

namespace prism::service {

/// How others are told of an entry, and who sent it.
inline QByteArray told(const protocol::Check& check)
{
    return encodeExcerpt(check);
}
inline QByteArray told(const protocol::Retro& retro)
{
    return encode(retro);
}

/// How the ids begin that the server gives to what it is told of more than once; they follow from that.
inline constexpr QLatin1String runPrefix("run-");
inline constexpr QLatin1String filePrefix("file-");

/// A check or a retrospective that is to be stored, and its JSON as it is told: made before the writer's
/// turn, on any thread, since every other write waits for that.
template <typename T>
struct NewEntry
{
    T entry;
    QByteArray json;

    /// With an id, and a check's violations as they are kept.
    static NewEntry of(T entry)
    {
        if (entry.id.isEmpty())
            entry.id = store::makeUuidV7();
        if constexpr (std::is_same_v<T, protocol::Check>)
            arrange(entry);
        NewEntry made{std::move(entry), {}};
        made.json = told(made.entry);
        return made;
    }
};

/// How much it is to store an entry.
inline store::Weight weightOf(const protocol::Check& check)
{
    store::Weight weight;
    weight.rows += std::size_t(check.violations.size());
    for (const protocol::Violation& violation : check.violations)
        weight.bytes += std::size_t(textSize(violation));
    return weight;
}
inline store::Weight weightOf(const protocol::Retro&)
{
    return {};
}

/// Entries that are stored together: all or none.
template <typename T>
struct NewEntries
{
    std::vector<NewEntry<T>> entries;
    bool imported = false;                            ///< brought in from elsewhere afterwards
    std::shared_ptr<store::StagedChecks> staged = {}; ///< of the checks among them, where they are much

    /// Of them together, as one job.
    store::Weight weight() const
    {
        store::Weight sum{0, 0, 0};
        for (const NewEntry<T>& each : entries)
            sum += weightOf(each.entry);
        sum.jobs = 1;
        return sum;
    }
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

/// A check as it was stored: with the marks that hold for its violations.
struct KeptCheck
{
    protocol::Check check;
    QByteArray json; ///< as others are told
};

inline QByteArray toldAs(bool /*isNew*/, const QByteArray& json)
{
    return json;
}
inline QByteArray toldAs(const std::optional<KeptCheck>& kept, const QByteArray& /*json*/)
{
    return kept->json;
}

/// One with this id was there already: it must not be another project's that who sends it may not hear of.
template <typename T>
protocol::Result<void> refuseTaken(const Actor& actor, const protocol::Result<T>& there)
{
    if (!there && there.error().code != protocol::ErrorCode::NotFound)
        return protocol::Failure(there.error());
    if (!there || actor.reach.has(there->project))
        return {};
    return protocol::Failure(protocol::Error{protocol::ErrorCode::AlreadyExists,
                                             QStringLiteral("The id is taken. Send it under another one."),
                                             {QStringLiteral("id: is ") + there->id}});
}

/// Stores each entry by `add`, which returns what was stored, or whether it was; nothing, or false, where it
/// was there already.
template <typename T, typename Add>
protocol::Result<StoredEntries> addEach(const NewEntries<T>& all, const Add& add)
{
    StoredEntries stored{qint64(all.entries.size()), 0};
    for (const NewEntry<T>& each : all.entries) {
        PRISM_TRY_ASSIGN(const auto added, add(each));
        stored.created += added ? 1 : 0;
    }
    return stored;
}

/// Stores the one entry by `add`; where one with its id is there already, that is what `find` gives. One that
/// is too old to be kept, and so is not found, is taken for having been there as it is now.
template <typename T, typename Add, typename Find>
protocol::Result<StoredEntry> addOne(const NewEntries<T>& one, const Add& add, const Find& find)
{
    const NewEntry<T>& only = one.entries.front();
    PRISM_TRY_ASSIGN(const auto added, add(only));
    if (added)
        return StoredEntry{true, toldAs(added, only.json)};
    const protocol::Result<T> existing = find(only.entry.id);
    if (existing)
        return StoredEntry{false, told(*existing)};
    if (existing.error().code == protocol::ErrorCode::NotFound)
        return StoredEntry{false, only.json};
    return protocol::Failure(existing.error());
}

} // namespace prism::service
