#include "server/store/sqlite/database.h"

#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "shared/protocol/try.h"

#include <QDir>
#include <QFileInfo>

namespace prism::store::sqlite {

Result<void> Database::claim()
{
    const QString folder = QFileInfo(m_file).absolutePath();
    if (!QDir().mkpath(folder))
        return Failure(
            Error{ErrorCode::Unavailable, QStringLiteral("The folder %1 cannot be made.").arg(folder)});
    PRISM_TRY_ASSIGN(DatabaseLock lock, DatabaseLock::acquire(m_file));
    m_lock.emplace(std::move(lock));
    return {};
}

void Database::announce(const QString& url)
{
    if (m_lock)
        m_lock->announce(url);
}

Result<std::unique_ptr<store::WriteConnection>> Database::openWriter() const
{
    return WriteConnection::open(m_file);
}

Result<std::unique_ptr<store::ReadConnection>> Database::openReader() const
{
    return ReadConnection::open(m_file);
}

/// Lies beside the file, and where that lies is known for certain once it is there.
Watermark& Database::watermark()
{
    if (!m_watermark)
        m_watermark.emplace(m_file);
    return *m_watermark;
}

std::optional<QString> Database::contradictionTo(const protocol::Position& position)
{
    return watermark().contradictionTo(position);
}

store::Database::Size Database::size() const
{
    return {quint64(QFileInfo(m_file).size()), quint64(QFileInfo(m_file + QLatin1String("-wal")).size())};
}

bool Database::note(const protocol::Position& position)
{
    return watermark().note(position);
}

} // namespace prism::store::sqlite
