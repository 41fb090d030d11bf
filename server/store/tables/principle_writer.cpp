#include "server/store/tables/principle_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

Result<qint64> PrincipleWriter::number(Scope scope, const QString& id, const QString& name)
{
    PRISM_TRY_ASSIGN(const qint64 number, numberIn(id));
    if (name.isEmpty())
        return number;
    PRISM_TRY_ASSIGN(const QString known, nameOf(scope, number));
    if (name > known)
        PRISM_TRY(
            m_connection.execute("INSERT INTO principle_names (scope, principle, name) VALUES (?, ?, ?) "
                                 "ON CONFLICT (scope, principle) DO UPDATE SET name = excluded.name",
                                 {scope, number, name}));
    return number;
}

Result<KnownPrinciple> PrincipleWriter::prepare(Scope scope, const QString& id, const QString& name)
{
    PRISM_TRY_ASSIGN(const std::optional<qint64> known, numberOf(id));
    if (!known) {
        PRISM_TRY_ASSIGN(const qint64 given, number(scope, id, name));
        return KnownPrinciple{given, name};
    }
    PRISM_TRY_ASSIGN(const QString kept, nameOf(scope, *known));
    return KnownPrinciple{*known, kept};
}

Result<qint64> PrincipleWriter::numberIn(const QString& id)
{
    PRISM_TRY_ASSIGN(const std::optional<qint64> known, numberOf(id));
    if (known)
        return *known;
    PRISM_TRY_ASSIGN(const std::optional<qint64> given,
                     m_connection.insert("INSERT INTO counted_principles (id) VALUES (?)", {id}));
    if (!given)
        return Failure(Error{ErrorCode::Internal, QStringLiteral("The database could not do this.")});
    return *given;
}

} // namespace prism::store
