#pragma once

#include <QString>

namespace prism::store {

/// A UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits. Ids made later
/// sort later, so a table keyed by them grows at its end.
QString makeUuidV7();

} // namespace prism::store
