#pragma once

#include "server/store/sqlite/database_file.h"
#include "server/store/sqlite/dialect.h"
#include "server/store/write_connection.h"

namespace prism::store::sqlite {

/// The connection that changes an SQLite file. Where the file is guarded, it sees to it that what it commits
/// is in the files that a start would open, and mends what others did to them, or says that it cannot.
class WriteConnection final : public store::WriteConnection
{
public:
    /// As Database::openWriter().
    static Result<std::unique_ptr<WriteConnection>> open(std::shared_ptr<DatabaseFile> file);
    static Result<std::unique_ptr<WriteConnection>> open(const QString& file)
    {
        return open(DatabaseFile::unguarded(file));
    }

    void breakOffWhen(std::function<bool()> isEnough) override
    {
        m_connection->breakOffWhen(std::move(isEnough));
    }
    const store::Dialect& dialect() const override { return m_dialect; }
    Result<int> execute(QByteArrayView sql, std::initializer_list<Value> values = {}) override;
    Result<std::optional<qint64>> insert(QByteArrayView sql, std::initializer_list<Value> values) override;
    qint64 changes() const override { return m_connection->changes(); }
    Result<void> begin() override;
    bool inTransaction() const override { return m_connection->inTransaction(); }
    Error lastError() const override;
    std::optional<Outage> outage(protocol::Seq head) override;
    void settle() override;

private:
    using Finding = FileWatch::Finding;

    explicit WriteConnection(std::shared_ptr<DatabaseFile> file)
        : m_file(std::move(file))
    {
    }

    Result<Rows> run(QByteArrayView sql, std::span<const Value> values) override
    {
        return m_connection->select(sql, values);
    }
    Result<void> beginSnapshot() override { return m_connection->executeUndisturbed("BEGIN"); }
    void endSnapshot() override { (void)m_connection->executeUndisturbed("COMMIT"); }

    Result<void> attach();
    void committed(int pages);
    Finding lookAtFiles();
    Finding mend(Finding finding, protocol::Seq head);
    bool beginLogAnew();
    bool isWhole(protocol::Seq head) const;
    Outage leave(Finding finding);
    void giveUp(Finding finding);
    QString setLogAside() const;

    const Dialect m_dialect;
    const std::shared_ptr<DatabaseFile> m_file;
    std::unique_ptr<Connection> m_connection; ///< null while it could not be opened anew
    std::optional<Outage> m_outage;
    bool m_hasCommitted = false; ///< since the files were looked at
    bool m_isAtRest = false;     ///< nobody is about to write over them
};

} // namespace prism::store::sqlite
