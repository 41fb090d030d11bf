#pragma once

#include "tests/faults/fault_board.h"
#include "tests/faults/synced_copy.h"

#include <map>

namespace prism::test {

/// SQLite's own access to files, made the default one of this process, with the faults that a board orders,
/// and with a SyncedCopy of each database, log and journal. The shared memory of a log goes through as it is.
/// Make it before the first database is opened, and let it outlive the last. Used from any thread.
class FaultVfs
{
public:
    explicit FaultVfs(FaultBoard& board);
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    FaultBoard& board() { return m_board; }

private:
    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags);
    static int remove(sqlite3_vfs* vfs, const char* name, int syncFolder);
    SyncedCopy& copyOf(const std::string& name);

    FaultBoard& m_board;
    sqlite3_vfs* const m_real;
    sqlite3_vfs m_vfs;
    std::mutex m_mutex;
    std::map<std::string, SyncedCopy> m_copies;
};

} // namespace prism::test
