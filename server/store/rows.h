#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <utility>

namespace prism::store {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

/// What an engine reads its rows by: a statement that its connection keeps and runs again and again. Lives on
/// its connection's thread.
class Cursor
{
public:
    Cursor() = default;
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    virtual ~Cursor() = default;

    /// As those of Rows.
    virtual bool next() = 0;
    virtual std::optional<Error> error() const = 0;
    virtual QString text(int column) const = 0;
    virtual QByteArray bytes(int column) const = 0;
    virtual qint64 integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual bool isNull(int column) const = 0;

    /// Nobody reads on: the statement may be run again.
    virtual void close() = 0;
};

/// The rows of one SELECT, read forward. Gives the statement back when it goes, so that no reader holds an
/// old state of the database longer than it needs.
class Rows
{
public:
    /// The statement has run up to its first row, or has none.
    explicit Rows(Cursor& cursor)
        : m_cursor(&cursor)
    {
    }
    Rows(Rows&& other) noexcept
        : m_cursor(std::exchange(other.m_cursor, nullptr))
    {
    }
    Rows& operator=(Rows&&) = delete;
    ~Rows()
    {
        if (m_cursor)
            m_cursor->close();
    }

    /// False after the last row, and also when the next one cannot be read: error() then says so, and what
    /// was read is not all there is. The first call cannot fail, select() has.
    bool next() { return m_cursor->next(); }

    std::optional<Error> error() const { return m_cursor->error(); }

    /// Of the current row; columns count from 0.
    QString text(int column) const { return m_cursor->text(column); }
    QByteArray bytes(int column) const { return m_cursor->bytes(column); }
    qint64 integer(int column) const { return m_cursor->integer(column); }
    double real(int column) const { return m_cursor->real(column); }
    bool isNull(int column) const { return m_cursor->isNull(column); }

private:
    Cursor* m_cursor;
};

} // namespace prism::store
