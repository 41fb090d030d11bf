#pragma once

namespace prism::store {

/// What a rollup is of: a quarter of an hour of UTC, or a calendar day of the database's zone. The numbers
/// are stored.
enum class Grain { Quarter = 0, Day = 1 };

} // namespace prism::store
