#pragma once

#include "server/service/outcome_codec.h"
#include "server/store/writing/transaction.h"
#include "shared/protocol/try.h"

namespace prism::service {

/// A request whose answer may get lost, so that it may be sent again.
struct Repeatable
{
    QByteArray key;     ///< of whom it is from, what it is for and the name that they gave it
    QByteArray content; ///< a hash of what it asks
    std::chrono::milliseconds remembered{}; ///< how long a repetition is known as one
};

/// A request for a change, as its answer names it.
struct Asking
{
    QString id;
    std::optional<Repeatable> repeatable = {};
};

/// What came of a request, and which of those that asked it was carried out, when.
template <typename Outcome>
struct Told
{
    QString requestId;
    protocol::Timestamp at;
    std::optional<Outcome> outcome; ///< nothing when something else was asked under the same key before

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tuple_cat(std::tie(self.requestId, self.at), Outcome::fields(*self.outcome));
    }
};

/// The refusal of a repetition whose outcome cannot be told any more: a version of this program kept it
/// otherwise. What was asked was done.
protocol::Error doneBefore();

/// Whether a request under this key was carried out, and is known still.
protocol::Result<bool> wasAsked(store::Transaction& transaction, const Repeatable& repeatable);

/// Carries out what is asked, `work`, unless that was done before: then what came of it is told again and
/// nothing is written. What is to be remembered is written in the transaction of the change. Refusals are not
/// remembered: they wrote nothing.
template <typename Outcome, typename Work>
protocol::Result<Told<Outcome>> once(store::Transaction& transaction, const Asking& asking, const Work& work)
{
    const protocol::Timestamp now = protocol::now();
    Told<Outcome> told{asking.id, now, {}};
    if (!asking.repeatable) {
        PRISM_TRY_ASSIGN(told.outcome, work());
        return told;
    }
    const Repeatable& repeatable = *asking.repeatable;
    // By the clock that removes them, so that none is gone that is known still.
    const protocol::Timestamp ageNow = transaction.ageNow();
    PRISM_TRY_ASSIGN(const auto known,
                     transaction.outcomes().find(repeatable.key, ageNow - repeatable.remembered));
    if (known && known->request != repeatable.content)
        return told;
    if (known) {
        told.outcome.emplace();
        if (!unpackFields(known->outcome, Told<Outcome>::fields(told)))
            return protocol::Failure(doneBefore());
        return told;
    }
    PRISM_TRY_ASSIGN(told.outcome, work());
    PRISM_TRY(transaction.outcomes().remember(
        repeatable.key, {repeatable.content, packFields(Told<Outcome>::fields(told))}, ageNow));
    return told;
}

} // namespace prism::service
