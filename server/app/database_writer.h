#pragma once

#include "server/app/opened_database.h"
#include "server/store/writing/writer.h"

namespace prism::app {

/// Writes into a database that no server has. Owns the database and the writer of it.
class DatabaseWriter
{
public:
    DatabaseWriter(const Config& config, std::unique_ptr<OpenedDatabase> opened);
    DatabaseWriter(const DatabaseWriter&) = delete;
    DatabaseWriter& operator=(const DatabaseWriter&) = delete;

    /// Notes how far the database has come.
    ~DatabaseWriter();

    OpenedDatabase& opened() { return *m_opened; }
    const OpenedDatabase& opened() const { return *m_opened; }
    store::WriteQueue& writes() { return m_writes; }

private:
    /// How far the log has come; on the writer's thread, as long as there is a writer.
    struct Head : store::CommitSink
    {
        explicit Head(protocol::Seq begin)
            : seq(begin)
        {
        }

        void committed(const store::Commit&) override {}
        void publish(const std::vector<store::StoredEvent>& events) override { seq = events.back().seq; }
        void settled() override {}

        protocol::Seq seq;
    };

    const std::unique_ptr<OpenedDatabase> m_opened;
    Head m_head;
    store::WriteQueue m_writes;
    std::unique_ptr<store::Writer> m_writer;
};

} // namespace prism::app
