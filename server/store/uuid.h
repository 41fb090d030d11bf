#pragma once

#include <QString>

namespace prism::store {

/// A UUID version 7 (RFC 9562, sections 5.7 and 6.2, method 3): 48 bits of milliseconds, 12 bits of their
/// fraction, then 62 random bits. Ids made a microsecond apart sort in that order, so a table keyed by them
/// grows at its end.
QString makeUuidV7();

} // namespace prism::store
