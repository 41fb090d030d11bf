#pragma once

#include <QByteArray>

#include <filesystem>
#include <functional>
#include <vector>

namespace prism::test {

/// Where the files of the server lie, and what was kept of them.
struct Place
{
    std::filesystem::path folder;  ///< of the data
    std::filesystem::path outside; ///< another, on the same file system

    std::filesystem::path database() const { return folder / "prism.db"; }
    std::filesystem::path log() const { return folder / "prism.db-wal"; }
    std::filesystem::path index() const { return folder / "prism.db-shm"; }
    std::filesystem::path backup() const { return outside / "backup.db"; }
};

using Deed = std::function<void(const Place&)>;

/// What the server is to do.
enum class Outcome {
    GoesOn,  ///< all is acknowledged, perhaps after a moment
    Returns, ///< writes are refused until the deed is undone
    Stays,   ///< writes are refused
    Ends,    ///< with 1, and the next start serves
};

/// What is done, and what is to come of it.
struct DeedRow
{
    const char* name;
    Outcome outcome;
    bool keepsAll; ///< what was acknowledged before the deed is there after it
    Deed deed;
    Deed undo = {};
    bool hasItsMoment = false; ///< under load it may find another state than at rest, or do no harm
};

inline constexpr int patienceMs = 15'000;

/// All that is done to the database, its content, its log and the log's index.
std::vector<DeedRow> allDeeds();

/// As `cp` does it: the file that is there stays the one it is.
void overwrite(const std::filesystem::path& from, const std::filesystem::path& to);

void writeAt(const std::filesystem::path& file, qint64 at, const QByteArray& bytes);

/// As another program does that uses SQLite.
void runSql(const std::filesystem::path& file, const char* sql);

} // namespace prism::test
