#pragma once

#include "shared/protocol/period.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>

#include <mutex>
#include <optional>

namespace prism::api {

/// The newest dashboard of each period, encoded, under the tag that says what it was made of. Many dashboards
/// that ask after the same event are answered by one computation. Used from any thread.
class DashboardCache
{
public:
    /// What it did since the server started, and holds now.
    struct Figures
    {
        qint64 hits = 0;
        qint64 misses = 0;
        qint64 entries = 0;
        qint64 bytes = 0;
    };

    /// Counts as a hit or a miss.
    std::optional<QByteArray> find(protocol::Period period, const QByteArray& tag);

    /// Counts as a hit, and not as a miss: who finds nothing goes on to find() elsewhere.
    std::optional<QByteArray> peek(protocol::Period period, const QByteArray& tag);

    void store(protocol::Period period, const QByteArray& tag, const QByteArray& dataJson);

    /// Forgets all entries; how many there were.
    qint64 clear();
    Figures figures() const;

private:
    struct Entry
    {
        QByteArray tag;
        QByteArray dataJson;
    };

    std::optional<QByteArray> known(protocol::Period period, const QByteArray& tag) const;

    mutable std::mutex m_mutex;
    QHash<protocol::Period, Entry> m_entries;
    qint64 m_hits = 0;
    qint64 m_misses = 0;
};

QJsonObject toJson(const DashboardCache::Figures& figures);

} // namespace prism::api
