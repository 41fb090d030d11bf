#pragma once

#include "server/store/read_connection.h"
#include "server/store/sqlite/database_file.h"
#include "server/store/sqlite/dialect.h"

namespace prism::store::sqlite {

/// A connection to an SQLite file that refuses to change it. While nobody uses it, it may be closed, and is
/// opened again by the next who does.
class ReadConnection final : public store::ReadConnection
{
public:
    /// The file is there. Unavailable.
    static Result<std::unique_ptr<ReadConnection>> open(std::shared_ptr<DatabaseFile> file);
    static Result<std::unique_ptr<ReadConnection>> open(const QString& file)
    {
        return open(DatabaseFile::unguarded(file));
    }

    void breakOffWhen(std::function<bool()> isEnough) override { m_seat->breakOffWhen(std::move(isEnough)); }
    const store::Dialect& dialect() const override { return m_dialect; }

private:
    explicit ReadConnection(std::shared_ptr<DatabaseFile> file)
        : m_file(std::move(file))
        , m_seat(m_file->seat())
    {
    }

    Result<Rows> run(QByteArrayView sql, std::span<const Value> values) override;
    Result<void> beginSnapshot() override;
    void endSnapshot() override;

    const Dialect m_dialect;
    const std::shared_ptr<DatabaseFile> m_file;
    const std::shared_ptr<Seat> m_seat;
};

} // namespace prism::store::sqlite
