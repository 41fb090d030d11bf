#include "server/store/sqlite/database.h"

#include "server/store/log.h"
#include "server/store/sqlite/database_copy.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "shared/protocol/try.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace prism::store::sqlite {

Result<void> Database::claim()
{
    const QString folder = QFileInfo(m_name).absolutePath();
    if (!QDir().mkpath(folder))
        return Failure(
            Error{ErrorCode::Unavailable, QStringLiteral("The folder %1 cannot be made.").arg(folder)});
    PRISM_TRY_ASSIGN(m_file, DatabaseFile::claim(m_name));
    return {};
}

void Database::announce(const QString& url)
{
    if (m_file->lock())
        m_file->lock()->announce(url);
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
        m_watermark.emplace(m_name);
    return *m_watermark;
}

std::optional<QString> Database::contradictionTo(const protocol::Position& position)
{
    return watermark().contradictionTo(position);
}

Result<void> Database::keepCopy() const
{
    PRISM_TRY_ASSIGN(const auto connection, Connection::open(m_file->path(), Connection::Mode::ReadOnly));
    connection->leaveLogWhenClosed();
    const QString copy = m_file->path() + QLatin1String(".before-migration");
    PRISM_TRY(copyDatabase(*connection, copy));
    qCInfo(lcStore).noquote() << "the database as it was before it is brought to a newer schema is kept as"
                              << copy;
    return {};
}

bool Database::isOwnFile(const QString& path) const
{
    const auto file = FileState::behind(QFile::encodeName(path));
    if (!file)
        return false;
    const std::array endings{"", "-wal", "-shm"};
    return std::any_of(endings.begin(), endings.end(), [&](const char* ending) {
        const auto own = FileState::of(QFile::encodeName(m_file->path()) + ending);
        return own && own->isSameFile(*file);
    });
}

store::Database::Size Database::size() const
{
    return {quint64(QFileInfo(m_file->path()).size()),
            quint64(QFileInfo(m_file->path() + QLatin1String("-wal")).size())};
}

bool Database::note(const protocol::Position& position)
{
    return watermark().note(position);
}

} // namespace prism::store::sqlite
