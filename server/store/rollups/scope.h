#pragma once

#include <QtGlobal>

namespace prism::store {

/// What a rollup counts: everything, or what belongs to one project.
using Scope = qint64;

inline constexpr Scope everything = 0;

} // namespace prism::store
