#pragma once

#include "server/store/read_connection.h"
#include "server/store/rollups/scope.h"

#include <functional>

namespace prism::store {

/// Reads the principles that were ever violated: each has a number, by which violations of it are counted,
/// and in each scope a name. Lives on its connection's thread.
class PrincipleReader
{
public:
    explicit PrincipleReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// Nothing where it is not known.
    Result<std::optional<qint64>> numberOf(const QString& id);

    /// Empty where it is not known.
    Result<QString> idOf(qint64 number);

    /// The greatest that was given in the scope; empty without any.
    Result<QString> nameOf(Scope scope, qint64 number);

    /// The greatest number there is; 0 without any.
    Result<qint64> last();

    /// All by id, in the order of its UTF-8, until `each` returns false.
    using Each = std::function<bool(qint64 number, const QString& id)>;
    Result<void> forEachById(const Each& each);

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
