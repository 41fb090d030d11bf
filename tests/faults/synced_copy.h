#pragma once

#include <cstdint>
#include <mutex>
#include <sqlite3.h>
#include <string>
#include <vector>

namespace prism::test {

/// Keeps, beside one file, a second one with what a power cut would have left of it: the content at the last
/// sync. Told of each change to the file and of each sync. Used from any thread.
class SyncedCopy
{
public:
    static constexpr const char* suffix = ".synced";

    explicit SyncedCopy(const std::string& file);

    /// The file was opened as `opened`. When that made it (`isNew`), nothing of it is synced yet; what a file
    /// holds when it is opened for the first time counts as synced.
    void opened(sqlite3_file* opened, bool isNew);

    /// Runs `change`, which writes `size` bytes at `offset`, so that no sync sees half of it.
    template <typename Change>
    int write(std::int64_t offset, std::int64_t size, Change change)
    {
        const std::lock_guard lock(m_mutex);
        for (std::int64_t block = offset / blockSize; block * blockSize < offset + size; ++block)
            m_dirty.push_back(block);
        return change();
    }

    /// Runs `change`, which cuts the file to `size` bytes.
    template <typename Change>
    int truncate(std::int64_t size, Change change)
    {
        const std::lock_guard lock(m_mutex);
        m_shortest = m_shortest < size ? m_shortest : size;
        return change();
    }

    /// Brings the copy up to date, reading through `file`; false when that cannot be done.
    bool sync(sqlite3_file* file);

    /// The file was removed. That counts as synced: a journaling file system brings it to the disk before
    /// whatever is synced later.
    void removed();

private:
    static constexpr std::int64_t blockSize = 4096;
    static constexpr std::int64_t longest = INT64_MAX;

    bool copyTo(int descriptor, sqlite3_file* file);

    const std::string m_name;
    std::mutex m_mutex;
    bool m_known = false;
    std::vector<std::int64_t> m_dirty;
    std::int64_t m_shortest = longest; ///< to which the file was cut since the last sync
};

} // namespace prism::test
