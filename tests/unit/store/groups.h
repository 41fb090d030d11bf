#pragma once

#include "server/service/change.h"
#include "shared/protocol/event.h"

/// Writes groups into a database one after the other, as the writer does, with a ledger that goes on from
/// each to the next. What is announced goes to nobody, and nothing is late unless it is by a given clock.
/// Whatever fails fails in begin() or commit().
class Groups
{
public:
    explicit Groups(
        prism::store::WriteConnection& connection, prism::protocol::Seq head = 0,
        prism::store::Lateness::Clock clock = [] { return prism::protocol::Timestamp(); })
        : m_connection(connection)
        , m_ledger(connection, head)
        , m_lateness(QTimeZone::utc(), std::move(clock))
    {
    }

    bool begin()
    {
        auto scope = prism::store::WriteScope::begin(m_connection);
        if (scope)
            m_transaction.emplace(std::move(*scope), m_connection, m_ledger, m_lateness,
                                  prism::protocol::now());
        return scope.has_value();
    }

    bool commit()
    {
        const bool isDone = m_transaction->commit().has_value();
        undo();
        m_ledger.takeEvents();
        for (const std::function<void()>& call : m_ledger.takeCalls())
            call();
        return isDone;
    }

    /// As a use case does.
    bool announce(QByteArrayView data, prism::protocol::Timestamp at,
                  QLatin1String type = prism::protocol::event_type::alert)
    {
        const prism::service::Actor actor;
        return prism::service::Change(*m_transaction, actor).announce(type, {}, data, at).has_value();
    }

    /// Leaves the transaction, if there is one.
    void undo() { m_transaction.reset(); }

    prism::store::Transaction& operator*() { return *m_transaction; }
    prism::store::Transaction* operator->() { return &*m_transaction; }
    prism::store::Ledger& ledger() { return m_ledger; }

private:
    prism::store::WriteConnection& m_connection;
    prism::store::Ledger m_ledger;
    prism::store::Lateness m_lateness;
    std::optional<prism::store::Transaction> m_transaction;
};
