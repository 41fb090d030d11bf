#pragma once

#include "server/rules/rule_book.h"
#include "server/service/actor.h"
#include "server/store/tables/rule_writer.h"
#include "server/store/writing/transaction.h"

namespace prism::service {

/// Rules that are to hold from now on.
struct RuleChange
{
    rules::RuleSetPtr rules;
    std::optional<qint64> restoredFrom; ///< the version that they repeat
};

/// Rules that hold, and the version that they have. The document is theirs.
struct AdoptedRules
{
    store::StoredRules stored;

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.stored.version, self.stored.createdAt, self.stored.principles,
                        self.stored.restoredFrom, self.stored.document);
    }
};

/// How the rules are changed. They hold from when they are on disk, and that is before anybody hears of it.
/// On the writer's thread; the book outlives it.
class Rules
{
public:
    /// Keeps this many versions, 1 or more.
    Rules(rules::RuleBook& book, int versionsKept)
        : m_book(book)
        , m_versionsKept(versionsKept)
    {
    }

    protocol::Result<AdoptedRules> adopt(store::Transaction& transaction, const Actor& actor,
                                         const RuleChange& change) const;

private:
    rules::RuleBook& m_book;
    const int m_versionsKept;
};

/// The rules that the database has under this version, or that come with the program for version 0, as they
/// are stored. NotFound when they are no longer kept.
protocol::Result<store::StoredRules> storedRules(store::ReadConnection& database, qint64 version);

/// The same, ready to judge by: what was accepted once holds as far as can be judged by it, whatever would be
/// accepted now. May take long, and is broken off (Unavailable) once `isEnough` gives true.
protocol::Result<rules::Edition> compiled(const store::StoredRules& stored,
                                          const std::function<bool()>& isEnough = {});

/// The newest there are, not compiled yet.
protocol::Result<rules::Edition> newestRules(store::ReadConnection& database);

} // namespace prism::service
