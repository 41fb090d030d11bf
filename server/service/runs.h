#pragma once

#include "server/service/checks.h"
#include "server/store/tables/run_writer.h"

namespace prism::service {

/// A run that some other system told of, as a check.
struct ToldRun
{
    Checks::New check;
    store::ToldEdition told;
};

/// What became of it.
struct RunOutcome
{
    bool isNew = false;
    QByteArray json;

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.isNew, self.json);
    }
};

/// How runs become checks that are told of more than once: each has one check, whose id follows from the run.
/// Told anew, by another attempt or with another end, the check gets the status, the violations and the
/// address that are told then. When it was, how long it took and whose it is stay those of the first time: a
/// check counts in its quarter of an hour, with its user and its time.
class Runs
{
public:
    /// `key` names the run among the project's runs of the system.
    static ToldRun identify(const QString& system, const QString& key, const store::Edition& edition,
                            protocol::Check check);

    /// On the writer's thread.
    static protocol::Result<RunOutcome> tell(store::Transaction& transaction, const Actor& actor,
                                             const ToldRun& run);
};

} // namespace prism::service
