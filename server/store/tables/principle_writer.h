#pragma once

#include "server/store/tables/principle_reader.h"
#include "server/store/write_connection.h"

#include <QHash>

namespace prism::store {

/// What is known of a principle: its number, and its name in a scope.
struct KnownPrinciple
{
    qint64 number = 0;
    QString name;
};

using KnownPrinciples = QHash<QString, KnownPrinciple>; ///< by id

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

    /// What it has, before anything is counted: one that has a number keeps the name that it has.
    Result<KnownPrinciple> prepare(Scope scope, const QString& id, const QString& name);

private:
    Result<qint64> numberIn(const QString& id);

    WriteConnection& m_connection;
};

} // namespace prism::store
