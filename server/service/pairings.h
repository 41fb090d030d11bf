#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QString>

#include <mutex>
#include <optional>
#include <vector>

namespace prism::service {

/// Dashboards that wait to be let in: each shows a code, which an admin who reads it types elsewhere, and
/// then collects its token, once. They wait ten minutes, and not longer than the server runs. Used from any
/// thread.
class Pairings
{
public:
    struct Waiting
    {
        QString id;
        QString name; ///< as the dashboard calls itself
        QString address;
        protocol::Timestamp since{};
        protocol::Timestamp until{};
    };

    /// One that has begun, with what its dashboard alone is told.
    struct Begun
    {
        Waiting pairing;
        QString code;      ///< six digits
        QByteArray secret; ///< by which it collects its token
    };

    /// `share` says whose share of the places it has. Quota when all of those, or all there are, are taken.
    protocol::Result<Begun> begin(const QString& name, const QString& address, const QByteArray& share,
                                  protocol::Timestamp now);

    /// All that wait to be let in, the oldest first; without their codes, so that nobody lets a stranger in
    /// whose code they have not seen.
    std::vector<Waiting> waiting(protocol::Timestamp now);

    /// The one that waits with this code, which is kept for whoever lets it in, `by` a key of theirs, for
    /// some seconds. NotFound, also while another lets it in.
    protocol::Result<Waiting> claim(const QString& code, const QByteArray& by, protocol::Timestamp now);

    /// Lets it in: its dashboard may collect this, JSON. Nothing happens where it waits no more.
    void grant(const QString& id, const QByteArray& token);

    /// What it was let in by, once; nothing while it waits. NotFound where it is another's, was collected, or
    /// waits no more.
    protocol::Result<std::optional<QByteArray>> collect(const QString& id, const QByteArray& secret,
                                                        protocol::Timestamp now);

private:
    struct Place
    {
        Waiting pairing;
        QString code;
        QByteArray share;
        QByteArray secretHash;
        QByteArray claimedBy = {};
        protocol::Timestamp claimedUntil = {};
        QByteArray token = {}; ///< once it was let in
    };

    void forgetOld(protocol::Timestamp now);
    QString freeCode() const;

    std::mutex m_mutex;
    std::vector<Place> m_places;
};

} // namespace prism::service
