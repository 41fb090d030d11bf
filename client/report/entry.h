#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace prism::report {

/// One request of an entry: what is sent where.
struct Part
{
    /// Whether it is sent, in the light of what the server said to the parts before it.
    enum class When {
        Always,
        UnlessTold,    ///< not where one of them made a check
        UnlessBlocked, ///< not where one of them made a check that is BLOCKED
    };

    QString path; ///< with its query, percent-encoded
    QByteArray type;
    When when = When::Always;
    QByteArray body;
};

/// What one call of this program has to report: its requests in order. The server does each of them once,
/// however often it is sent: by the key, which is made when the entry is, and for good by what the body says.
struct Entry
{
    QString key;
    QList<Part> parts;

    static Entry withNewKey();

    /// The key of one part.
    QByteArray keyOf(qsizetype part) const;

    /// As it lies in the spool: a line of JSON, and the bodies behind it.
    QByteArray encoded() const;

    /// The error says what is damaged.
    static protocol::Result<Entry> decoded(const QByteArray& bytes);
};

} // namespace prism::report
