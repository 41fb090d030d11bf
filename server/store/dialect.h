#pragma once

#include "server/store/write_connection.h"

#include <QList>

namespace prism::store {

class RecordSearch;

/// What the statements of the tables leave to the engine: how its schema is spelled and kept, and how records
/// are searched. Has no state; used from any thread.
class Dialect
{
public:
    virtual ~Dialect() = default;

    /// The types of columns, and what is said of tables.
    enum class Term {
        Integer, ///< eight bytes, signed
        Real,    ///< eight bytes
        Bytes,
        Ordinal, ///< an Integer and the table's key, rising with each row where none is given
        Keyed,   ///< said of a table that is kept in the order of its key; empty where there is no such thing
    };

    virtual QByteArray spelling(Term term) const = 0;

    /// The statements that make what search() needs, for a database with records and without it, or with
    /// what it needed before.
    virtual QList<QByteArray> searchSchema() const = 0;

    virtual const RecordSearch& search() const = 0;

    /// The version of the database's schema; 0 for an empty one.
    virtual Result<int> schemaVersion(ReadConnection& connection) const = 0;
    virtual Result<void> setSchemaVersion(WriteConnection& connection, int version) const = 0;

    /// Whether the engine here has what the schema needs; Unavailable with advice where not.
    virtual Result<void> checkAbilities(ReadConnection& connection) const = 0;

protected:
    Dialect() = default;
    Dialect(const Dialect&) = default;
    Dialect& operator=(const Dialect&) = default;
};

} // namespace prism::store
