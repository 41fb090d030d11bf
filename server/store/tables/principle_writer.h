#pragma once

#include "server/store/tables/principle_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Gives numbers to principles. Lives on its connection's thread.
class PrincipleWriter : public PrincipleReader
{
public:
    explicit PrincipleWriter(WriteConnection& connection)
        : PrincipleReader(connection)
        , m_connection(connection)
    {
    }

    /// The principle's number, which it gets where it has none. `name` becomes its name in the scope where it
    /// is greater than the one it has.
    Result<qint64> number(Scope scope, const QString& id, const QString& name);

private:
    Result<qint64> numberIn(const QString& id);

    WriteConnection& m_connection;
};

} // namespace prism::store
