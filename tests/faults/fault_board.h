#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace prism::test {

/// What goes wrong in the storage below SQLite.
enum class Fault : std::uint32_t {
    None,
    DiskFull,    ///< writes fail as on a full disk
    WriteError,  ///< writes fail as on a broken disk
    ReadOnly,    ///< writes fail as on a disk that was mounted read-only meanwhile
    SyncError,   ///< writes work, syncs fail
    SyncHeld,    ///< syncs wait until the fault goes
    SyncIgnored, ///< syncs say that they were done, and were not
};

/// A few words of memory that a test and the server it torments have in common, by a mapped file: the test
/// sets the fault, the server counts what it met. Used from any thread of either process.
class FaultBoard
{
public:
    /// Maps `file`, which is made when it is absent; null when that cannot be done.
    static std::unique_ptr<FaultBoard> open(const std::string& file);

    ~FaultBoard();
    FaultBoard(const FaultBoard&) = delete;
    FaultBoard& operator=(const FaultBoard&) = delete;

    void set(Fault fault) { m_words->fault = fault; }
    Fault fault() const { return m_words->fault; }

    /// Calls that failed, were held or were ignored because of a fault, since the file was made.
    std::uint64_t met() const { return m_words->met; }
    void noteMet() { ++m_words->met; }

    /// Syncs that were done.
    std::uint64_t synced() const { return m_words->synced; }
    void noteSynced() { ++m_words->synced; }

    /// How far the system's clock is ahead of the real one; less than nothing when it was set back.
    void setClockAhead(std::chrono::seconds ahead) { m_words->clockAhead = ahead.count(); }
    std::chrono::seconds clockAhead() const { return std::chrono::seconds(m_words->clockAhead); }

private:
    struct Words
    {
        std::atomic<Fault> fault;
        std::atomic<std::uint64_t> met;
        std::atomic<std::uint64_t> synced;
        std::atomic<std::int64_t> clockAhead;
    };

    explicit FaultBoard(Words* words)
        : m_words(words)
    {
    }

    Words* m_words;
};

} // namespace prism::test
