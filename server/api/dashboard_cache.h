#pragma once

#include "shared/protocol/period.h"

#include <QByteArray>
#include <QHash>

#include <mutex>
#include <optional>

namespace prism::api {

/// The newest dashboard of each period, encoded, under the tag that says what it was made of. Many dashboards
/// that ask after the same event are answered by one computation. Used from any thread.
class DashboardCache
{
public:
    std::optional<QByteArray> find(protocol::Period period, const QByteArray& tag) const;
    void store(protocol::Period period, const QByteArray& tag, const QByteArray& dataJson);

private:
    struct Entry
    {
        QByteArray tag;
        QByteArray dataJson;
    };

    mutable std::mutex m_mutex;
    QHash<protocol::Period, Entry> m_entries;
};

} // namespace prism::api
