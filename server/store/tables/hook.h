#pragma once

#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace prism::store {

/// An address for a system that tells of runs by itself, and what it proves itself by.
struct Hook
{
    QString id;
    QString provider;
    QString project;   ///< of what it tells; empty where the provider's own name counts
    QByteArray secret; ///< told to nobody but whoever has it made, and never logged
    protocol::Timestamp created;

    bool operator==(const Hook&) const = default;
};

} // namespace prism::store
