#pragma once

#include <QtGlobal>

#include <array>
#include <optional>

namespace prism::store::sqlite {

/// What SQLite has noted of its write-ahead log in the index beside it, which all its connections share
/// (https://www.sqlite.org/walformat.html).
struct LogIndex
{
    quint32 frames = 0;           ///< pages in the log, up to the last commit
    quint32 broughtIn = 0;        ///< of those, from the first on, that are in the database too
    quint32 attempted = 0;        ///< that were begun to be brought there
    quint32 pageSize = 0;         ///< bytes
    std::array<char, 8> salt{};   ///< what tells the pages of this log from those of the ones before
    std::array<quint32, 2> sum{}; ///< over all pages up to the last

    /// Nothing when it cannot be read, or when somebody is just writing it.
    static std::optional<LogIndex> read(int descriptor);

    bool isOfSameLog(const LogIndex& other) const { return salt == other.salt; }
    bool operator==(const LogIndex&) const = default;
};

/// Whether the log begins and ends as the index says: what a log does not that was cut, emptied or replaced.
bool logEndsAs(int log, const LogIndex& index);

/// How many pages, from the first on, a start would take from the log, each of which is read for that: those
/// whose sums are right. `most` bounds what is looked at.
quint32 wholePagesOf(int log, quint32 most);

/// Whether the log has a header, and one with another salt: it is another's.
bool isForeignLog(int log, const LogIndex& index);

} // namespace prism::store::sqlite
