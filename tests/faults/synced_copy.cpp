#include "tests/faults/synced_copy.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace prism::test {

SyncedCopy::SyncedCopy(const std::string& file)
    : m_name(file + suffix)
{
}

void SyncedCopy::opened(sqlite3_file* opened, bool isNew)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_known && !isNew)
            return;
        m_known = true;
        m_dirty.clear();
        m_shortest = 0;
        sqlite3_int64 size = 0;
        opened->pMethods->xFileSize(opened, &size);
        for (std::int64_t block = 0; block * blockSize < size; ++block)
            m_dirty.push_back(block);
    }
    if (!isNew)
        (void)sync(opened);
}

bool SyncedCopy::sync(sqlite3_file* file)
{
    const std::lock_guard lock(m_mutex);
    const int descriptor = ::open(m_name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return false;
    const bool done = copyTo(descriptor, file);
    ::close(descriptor);
    if (done) {
        m_dirty.clear();
        m_shortest = longest;
    }
    return done;
}

bool SyncedCopy::copyTo(int descriptor, sqlite3_file* file)
{
    sqlite3_int64 size = 0;
    if (file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return false;
    if (m_shortest < size && ::ftruncate(descriptor, m_shortest) != 0)
        return false;
    std::sort(m_dirty.begin(), m_dirty.end());
    m_dirty.erase(std::unique(m_dirty.begin(), m_dirty.end()), m_dirty.end());
    std::array<char, blockSize> bytes{};
    for (const std::int64_t block : m_dirty) {
        const std::int64_t at = block * blockSize;
        const std::int64_t length = std::min<std::int64_t>(blockSize, size - at);
        if (length <= 0)
            break;
        if (file->pMethods->xRead(file, bytes.data(), int(length), at) != SQLITE_OK ||
            ::pwrite(descriptor, bytes.data(), std::size_t(length), at) != length)
            return false;
    }
    return ::ftruncate(descriptor, size) == 0;
}

void SyncedCopy::removed()
{
    const std::lock_guard lock(m_mutex);
    ::unlink(m_name.c_str());
    m_dirty.clear();
    m_shortest = 0;
}

} // namespace prism::test
