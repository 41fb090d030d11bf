#include "server/service/retros.h"

#include "server/service/change.h"

namespace prism::service {

using protocol::Result;
using store::Transaction;

namespace {

/// What stores and announces a retrospective that is not there yet.
auto retroAdder(Transaction& transaction, const Actor& actor, bool imported)
{
    return [&transaction, &actor, imported](const Retros::New& retro) -> Result<bool> {
        PRISM_TRY_ASSIGN(const bool isNew, transaction.addRetro(retro.entry, imported));
        if (!isNew)
            PRISM_TRY(refuseTaken(actor, transaction.retros().find(retro.entry.id)));
        else
            PRISM_TRY(Change(transaction, actor)
                          .announce(protocol::event_type::retroCreated, retro.entry.project,
                                    "{\"retro\":" + retro.json + '}', protocol::now()));
        return isNew;
    };
}

} // namespace

Result<StoredEntry> Retros::add(Transaction& transaction, const Actor& actor, const NewOnes& retro)
{
    return addOne(retro, retroAdder(transaction, actor, retro.imported),
                  [&](const QString& id) { return transaction.retros().find(id); });
}

Result<StoredEntries> Retros::addAll(Transaction& transaction, const Actor& actor, const NewOnes& retros)
{
    return addEach(retros, retroAdder(transaction, actor, retros.imported));
}

} // namespace prism::service
