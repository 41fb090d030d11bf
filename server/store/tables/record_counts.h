#pragma once

#include "server/store/write_connection.h"
#include "shared/protocol/record.h"

#include <array>

namespace prism::store {

/// How many records of each type were added, less those removed, and not written down yet: so that a group of
/// writes touches the stored totals once. A copy is what there was to count at one moment. Belongs to one
/// thread.
class RecordCounts
{
public:
    void add(protocol::RecordType type) { ++m_counts[std::size_t(type)]; }
    void remove(protocol::RecordType type) { --m_counts[std::size_t(type)]; }

    /// Adds them to the stored totals, and begins anew.
    Result<void> write(WriteConnection& connection);

private:
    std::array<qint64, 3> m_counts{}; ///< in the order of RecordType
};

} // namespace prism::store
