#pragma once

#include "shared/protocol/check.h"

#include <QByteArray>

#include <variant>

namespace prism::hooks {

/// A run that ended, as its provider tells of it.
struct Run
{
    QString key;              ///< by which it is known again among the project's runs there
    qint64 attempt = 0;       ///< a later attempt goes before an earlier one
    protocol::Timestamp told; ///< of the same attempt what was so later goes before what was so earlier
    bool hasTime = false;     ///< else it is not known when it ended, and the check has no time
    protocol::Check check;    ///< without an id; its texts are no longer than a check's may be

    bool operator==(const Run&) const = default;
};

/// What is no result.
struct Ignored
{
    QString reason; ///< for a person

    bool operator==(const Ignored&) const = default;
};

using Told = std::variant<Run, Ignored>;

/// What somebody sent, and proved to be of a provider.
struct Delivery
{
    QByteArray
        event; ///< what the provider says that it is about; empty where it does not say that beside the body
    QByteArray body; ///< JSON
};

} // namespace prism::hooks
