#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/check_query.h"

#include <initializer_list>
#include <vector>

namespace prism::store {

/// Says of one stored check after the other whether a list is to contain it. Its violations are only read
/// where its own row does not say that already. Lives on its connection's thread.
class CheckFilter
{
public:
    /// `query` outlives it.
    CheckFilter(ReadConnection& connection, const CheckQuery& query);

    /// Of the check in the current row, of checkColumns(). `looked` rises with the violations that were read
    /// for it.
    Result<bool> has(const Rows& check, qint64& looked);

private:
    /// A text that a column must have: composed, or as older programs stored it.
    struct Wanted
    {
        int column = 0;
        QByteArray composed;
        QByteArray decomposed;
    };

    static Wanted wantedOf(int column, const QString& text);
    static bool isOneOf(const std::vector<Wanted>& all, const Rows& check);
    bool asksForViolation() const;
    bool mayHaveViolation(const protocol::ViolationCounts& counts) const;
    std::optional<bool> countsSay(const protocol::ViolationCounts& counts) const;
    bool isViolation(const Rows& violation) const;
    bool hasText(const Rows& rows, std::initializer_list<int> columns) const;
    Result<bool> hasViolation(qint64 ordinal, bool needsText, qint64& looked);

    ReadConnection& m_connection;
    const CheckQuery& m_query;
    std::vector<std::vector<Wanted>> m_wanted; ///< one of each
    Wanted m_principle;
    const QByteArray m_sought; ///< folded
};

} // namespace prism::store
