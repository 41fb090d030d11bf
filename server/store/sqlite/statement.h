#pragma once

#include "server/store/rows.h"
#include "server/store/value.h"

#include <span>

struct sqlite3_stmt;

namespace prism::store::sqlite {

class Connection;

/// A prepared statement, which its connection keeps. Lives on the connection's thread.
class Statement final : public Cursor
{
public:
    /// `statement` is finalized with the object.
    Statement(Connection& connection, sqlite3_stmt* statement)
        : m_connection(connection)
        , m_statement(statement)
    {
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() override;

    /// Runs up to the first row, if there is one; SQLite's code of what went wrong, 0 for nothing. The rows
    /// of the run before are gone.
    int open(std::span<const Value> values);

    /// The same to the end, passing over what it returns.
    int finish(std::span<const Value> values);

    bool next() override;
    std::optional<Error> error() const override;
    QString text(int column) const override;
    QByteArray bytes(int column) const override;
    qint64 integer(int column) const override;
    double real(int column) const override;
    bool isNull(int column) const override;
    void close() override;

private:
    enum class Waiting { Row, Step, Nothing };

    Connection& m_connection;
    sqlite3_stmt* m_statement;
    Waiting m_waiting = Waiting::Nothing;
    int m_failure = 0; ///< SQLite's code of what broke the reading off; 0 for nothing
    bool m_isOpen = false;
};

} // namespace prism::store::sqlite
