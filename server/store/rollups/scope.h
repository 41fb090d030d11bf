#pragma once

#include <QStringList>

#include <vector>

namespace prism::store {

/// What a rollup counts: everything, or what belongs to one project.
using Scope = qint64;
using Scopes = std::vector<Scope>;

inline constexpr Scope everything = 0;

/// What numbers are asked of: everything, or some projects together.
struct ScopeSet
{
    Scopes scopes{everything}; ///< each once
    QStringList projects = {}; ///< theirs; empty for everything

    bool isEverything() const { return projects.isEmpty(); }
    bool operator==(const ScopeSet&) const = default;
};

} // namespace prism::store
