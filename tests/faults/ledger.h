#pragma once

#include <QByteArray>
#include <QSet>

#include <mutex>

namespace prism::test {

/// What was asked of a server, and what of it the server said was done. Locked by its mutex while writers
/// run.
struct Ledger
{
    std::mutex mutex;
    QSet<QByteArray> attemptedRecords; ///< by name
    QSet<QByteArray> acknowledgedRecords;
    QSet<QByteArray> attemptedBatches; ///< by the prefix of the ids of one request's checks
    QSet<QByteArray> acknowledgedBatches;
    qsizetype refused = 0; ///< answers other than 201

    qsizetype acknowledged() const { return acknowledgedRecords.size() + acknowledgedBatches.size(); }
};

} // namespace prism::test
