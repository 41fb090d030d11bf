#pragma once

#include "server/service/checks.h"

namespace prism::service {

/// A tool's result file that was read: a check for each run in it.
struct ResultFile
{
    struct Run
    {
        Checks::New check;

        /// The id that the check has if the same file came in the hour before this one; empty where it is
        /// known which run it is of.
        QString earlierId;
    };

    QString format;
    std::vector<Run> runs;
    QStringList notes;
    std::shared_ptr<store::StagedChecks> staged = {}; ///< of the checks, where they are much

    /// Of all of it, as one job.
    store::Weight weight() const;
};

/// What became of the runs of a file.
struct StoredResultFile
{
    qint64 created = 0; ///< the others were there already
    QByteArray json;    ///< the format, the checks with their counts, and the notes

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.created, self.json);
    }
};

/// How tools' result files become checks. The same file for the same run is stored once: its checks have ids
/// that follow from both. A run is known by its URL, its commit or its time; where none of them was said, it
/// is the run of the last hour.
class ResultFiles
{
public:
    /// Gives the checks of a file that arrives now their ids, and has what is very much written beforehand.
    /// `content` is the file.
    static ResultFile identify(const QString& format, const QByteArray& content,
                               QList<protocol::Check> checks, bool hasTime, const QStringList& notes);

    /// Stores those that are not there yet. On the writer's thread.
    static protocol::Result<StoredResultFile> add(store::Transaction& transaction, const Actor& actor,
                                                  const ResultFile& file);
};

} // namespace prism::service
