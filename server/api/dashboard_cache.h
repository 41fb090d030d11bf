#pragma once

#include "shared/protocol/period.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

#include <map>
#include <mutex>
#include <optional>
#include <tuple>

namespace prism::api {

/// The newest dashboard of each period, of everything and of sets of projects, encoded, under the tag that
/// says what it was made of. Many dashboards that ask after the same event are answered by one computation.
/// Used from any thread.
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

    /// Of which period, and of which projects; of everything where there is none.
    struct Key
    {
        protocol::Period period = protocol::Period::Week;
        QStringList projects = {};

        bool operator<(const Key& other) const
        {
            return std::tie(projects, period) < std::tie(other.projects, other.period);
        }
    };

    /// Counts as a hit or a miss.
    std::optional<QByteArray> find(const Key& key, const QByteArray& tag);

    /// Counts as a hit, and not as a miss: who finds nothing goes on to find() elsewhere.
    std::optional<QByteArray> peek(const Key& key, const QByteArray& tag);

    void store(const Key& key, const QByteArray& tag, const QByteArray& dataJson);

    /// Forgets all entries; how many there were.
    qint64 clear();
    Figures figures() const;

private:
    struct Entry
    {
        QByteArray tag;
        QByteArray dataJson;
        quint64 stored = 0; ///< the greatest came last
    };

    std::optional<QByteArray> known(const Key& key, const QByteArray& tag) const;

    mutable std::mutex m_mutex;
    std::map<Key, Entry> m_entries;
    quint64 m_stored = 0;
    qint64 m_hits = 0;
    qint64 m_misses = 0;
};

QJsonObject toJson(const DashboardCache::Figures& figures);

} // namespace prism::api
