#include "server/store/sqlite/database_file.h"

#include "server/store/sqlite/companion_file.h"
#include "shared/protocol/try.h"

#include <QDir>

#include <algorithm>
#include <chrono>
#include <thread>

namespace prism::store::sqlite {

Result<std::shared_ptr<DatabaseFile>> DatabaseFile::claim(const QString& name)
{
    PRISM_TRY_ASSIGN(DatabaseLock lock, DatabaseLock::acquire(name));
    std::shared_ptr<DatabaseFile> file = unguarded(companionFile(name, QLatin1String()));
    file->m_lock.emplace(std::move(lock));
    file->m_watch.emplace(QDir::cleanPath(name), file->m_path, file->m_lock->descriptor());
    return file;
}

std::shared_ptr<DatabaseFile> DatabaseFile::unguarded(const QString& file)
{
    return std::shared_ptr<DatabaseFile>(new DatabaseFile(file));
}

std::shared_ptr<Seat> DatabaseFile::seat()
{
    auto seat = std::make_shared<Seat>(m_path, m_watch.has_value());
    const std::lock_guard lock(m_mutex);
    m_seats.push_back(seat);
    return seat;
}

/// Who is met idle has to wait until the others are, too: else they would hardly ever all be at once. Who
/// waits so while it reads with another connection is never met idle, so there is an end to it.
bool DatabaseFile::whileNobodyReads(const std::function<void()>& call)
{
    constexpr std::chrono::milliseconds patience{500};
    constexpr std::chrono::milliseconds between{1};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    const std::lock_guard lock(m_mutex);
    std::vector<std::shared_ptr<Seat>> vacated;
    bool isAlone = true;
    for (const std::weak_ptr<Seat>& each : m_seats) {
        std::shared_ptr<Seat> seat = each.lock();
        while (seat && isAlone && !seat->vacate()) {
            isAlone = std::chrono::steady_clock::now() < deadline;
            std::this_thread::sleep_for(between);
        }
        if (!isAlone)
            break;
        if (seat)
            vacated.push_back(std::move(seat));
    }
    if (isAlone)
        call();
    for (const std::shared_ptr<Seat>& seat : vacated)
        seat->release();
    std::erase_if(m_seats, [](const std::weak_ptr<Seat>& seat) { return seat.expired(); });
    return isAlone;
}

} // namespace prism::store::sqlite
