#include "tests/faults/fault_vfs.h"

#include <chrono>
#include <new>
#include <thread>

namespace prism::test {

namespace {

/// What SQLite gets as an open file. The real one lies directly behind it.
struct FaultFile
{
    sqlite3_file base{};
    FaultBoard* board = nullptr;
    SyncedCopy* copy = nullptr; ///< none for a temporary file, which no fault touches

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    const sqlite3_io_methods* methods() { return real()->pMethods; }
};

FaultFile* ours(sqlite3_file* file)
{
    return reinterpret_cast<FaultFile*>(file);
}

/// Calls the same function of the real file.
template <auto Member, typename... Arguments>
int forward(sqlite3_file* file, Arguments... arguments)
{
    return (ours(file)->methods()->*Member)(ours(file)->real(), arguments...);
}

template <auto Member, typename... Arguments>
void forwardVoid(sqlite3_file* file, Arguments... arguments)
{
    (ours(file)->methods()->*Member)(ours(file)->real(), arguments...);
}

int errorOfWrite(FaultBoard& board)
{
    const auto refuse = [&](int code) {
        board.noteMet();
        return code;
    };
    switch (board.fault()) {
    case Fault::DiskFull:
        return refuse(SQLITE_FULL);
    case Fault::WriteError:
        return refuse(SQLITE_IOERR_WRITE);
    case Fault::ReadOnly:
        return refuse(SQLITE_READONLY);
    case Fault::None:
    case Fault::SyncError:
    case Fault::SyncHeld:
    case Fault::SyncIgnored:
        break;
    }
    return SQLITE_OK;
}

int writeFile(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset)
{
    FaultFile& self = *ours(file);
    const auto write = [&] { return self.methods()->xWrite(self.real(), bytes, size, offset); };
    if (!self.copy)
        return write();
    if (const int error = errorOfWrite(*self.board); error != SQLITE_OK)
        return error;
    return self.copy->write(offset, size, write);
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size)
{
    FaultFile& self = *ours(file);
    const auto truncate = [&] { return self.methods()->xTruncate(self.real(), size); };
    if (!self.copy)
        return truncate();
    if (const int error = errorOfWrite(*self.board); error != SQLITE_OK)
        return error;
    return self.copy->truncate(size, truncate);
}

/// The copy is what counts as synced, so the real file is left to the kernel.
int syncFile(sqlite3_file* file, int /*flags*/)
{
    FaultFile& self = *ours(file);
    if (!self.copy)
        return SQLITE_OK;
    FaultBoard& board = *self.board;
    if (board.fault() == Fault::SyncHeld) {
        board.noteMet();
        while (board.fault() == Fault::SyncHeld)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (board.fault() == Fault::SyncError || board.fault() == Fault::SyncIgnored) {
        board.noteMet();
        return board.fault() == Fault::SyncIgnored ? SQLITE_OK : SQLITE_IOERR_FSYNC;
    }
    if (!self.copy->sync(self.real()))
        return SQLITE_IOERR_FSYNC;
    board.noteSynced();
    return SQLITE_OK;
}

/// Version 2: everything but mapped reading, which would go past the functions above.
constexpr sqlite3_io_methods fileMethods{
    2,
    forward<&sqlite3_io_methods::xClose>,
    forward<&sqlite3_io_methods::xRead>,
    writeFile,
    truncateFile,
    syncFile,
    forward<&sqlite3_io_methods::xFileSize>,
    forward<&sqlite3_io_methods::xLock>,
    forward<&sqlite3_io_methods::xUnlock>,
    forward<&sqlite3_io_methods::xCheckReservedLock>,
    forward<&sqlite3_io_methods::xFileControl>,
    forward<&sqlite3_io_methods::xSectorSize>,
    forward<&sqlite3_io_methods::xDeviceCharacteristics>,
    forward<&sqlite3_io_methods::xShmMap>,
    forward<&sqlite3_io_methods::xShmLock>,
    forwardVoid<&sqlite3_io_methods::xShmBarrier>,
    forward<&sqlite3_io_methods::xShmUnmap>,
    nullptr,
    nullptr,
};

} // namespace

FaultVfs::FaultVfs(FaultBoard& board)
    : m_board(board)
    , m_real(sqlite3_vfs_find(nullptr))
    , m_vfs(*m_real)
{
    m_vfs.zName = "prism-faults";
    m_vfs.pNext = nullptr;
    m_vfs.pAppData = this;
    m_vfs.szOsFile = int(sizeof(FaultFile)) + m_real->szOsFile;
    m_vfs.xOpen = open;
    m_vfs.xDelete = remove;
    sqlite3_vfs_register(&m_vfs, 1);
}

FaultVfs::~FaultVfs()
{
    sqlite3_vfs_unregister(&m_vfs);
}

int FaultVfs::open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    FaultVfs& self = *static_cast<FaultVfs*>(vfs->pAppData);
    auto* opened = new (file) FaultFile;
    opened->board = &self.m_board;
    int exists = 1;
    if (name)
        self.m_real->xAccess(self.m_real, name, SQLITE_ACCESS_EXISTS, &exists);
    const int code = self.m_real->xOpen(self.m_real, name, opened->real(), flags, outFlags);
    if (opened->real()->pMethods)
        opened->base.pMethods = &fileMethods;
    if (code == SQLITE_OK && name && (flags & SQLITE_OPEN_DELETEONCLOSE) == 0) {
        opened->copy = &self.copyOf(name);
        opened->copy->opened(opened->real(), exists == 0);
    }
    return code;
}

int FaultVfs::remove(sqlite3_vfs* vfs, const char* name, int syncFolder)
{
    FaultVfs& self = *static_cast<FaultVfs*>(vfs->pAppData);
    const int code = self.m_real->xDelete(self.m_real, name, syncFolder);
    if (code == SQLITE_OK)
        self.copyOf(name).removed();
    return code;
}

SyncedCopy& FaultVfs::copyOf(const std::string& name)
{
    const std::lock_guard lock(m_mutex);
    return m_copies.try_emplace(name, name).first->second;
}

} // namespace prism::test
