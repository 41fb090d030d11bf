#include "server/store/sqlite/file_watch.h"

#include <QFile>

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace prism::store::sqlite {

namespace {

int openToRead(const QByteArray& file)
{
    return ::open(file.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}

void closeIt(int& descriptor)
{
    if (descriptor >= 0)
        ::close(descriptor);
    descriptor = -1;
}

} // namespace

FileWatch::FileWatch(const QString& name, const QString& file, int database)
    : m_name(name == file ? QByteArray() : QFile::encodeName(name))
    , m_file(QFile::encodeName(file))
    , m_logFile(m_file + "-wal")
    , m_indexFile(m_file + "-shm")
    , m_database(database)
    , m_databaseState(FileState::of(database).value_or(FileState()))
{
}

FileWatch::~FileWatch()
{
    end();
}

bool FileWatch::begin()
{
    if (m_log != none)
        return true;
    m_log = openToRead(m_logFile);
    m_index = openToRead(m_indexFile);
    const auto log = FileState::of(m_log);
    const auto logIndex = FileState::of(m_index);
    const auto noted = LogIndex::read(m_index);
    if (!log || !logIndex || !noted) {
        end();
        return false;
    }
    if (!std::exchange(m_hasBegun, true))
        stampDatabase();
    m_logState = *log;
    m_indexState = *logIndex;
    m_noted = *noted;
    m_logNotices.begin(m_logFile);
    return true;
}

/// Another program may be writing it just now.
std::optional<LogIndex> FileWatch::readIndex() const
{
    constexpr int tries = 100;
    std::optional<LogIndex> now = LogIndex::read(m_index);
    for (int i = 0; !now && i < tries; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        now = LogIndex::read(m_index);
    }
    return now;
}

void FileWatch::end()
{
    m_logNotices.end();
    closeIt(m_log);
    closeIt(m_index);
}

FileWatch::Finding FileWatch::lookAtDatabase()
{
    const auto database = FileState::of(m_file);
    if (!database)
        return Finding::Gone;
    if (!database->isSameFile(m_databaseState))
        return Finding::Replaced;
    if (!m_name.isEmpty()) {
        const auto named = FileState::behind(m_name);
        if (!named)
            return Finding::Gone;
        if (!named->isSameFile(m_databaseState))
            return Finding::Replaced;
    }
    if (database->links > 1)
        return Finding::SecondName;
    return database->isUntouchedSince(m_databaseState) ? Finding::Sound : Finding::WrittenTo;
}

FileWatch::Finding FileWatch::look(bool hasWritten)
{
    Finding finding = lookAtDatabase();
    if (finding == Finding::WrittenTo && wasChangedBySQLite(hasWritten)) {
        noteDatabase();
        finding = Finding::Sound;
    }
    if (finding != Finding::Sound)
        return finding;
    const auto log = FileState::of(m_logFile);
    const auto logIndex = FileState::of(m_indexFile);
    if (!log || !log->isSameFile(m_logState) || !logIndex || !logIndex->isSameFile(m_indexState))
        return Finding::LogGone;
    const bool wasOpened = m_logNotices.take();
    const bool isAsNoted = log->isUntouchedSince(m_logState);
    if (!hasWritten && !wasOpened && isAsNoted)
        return Finding::Sound;
    return lookAtLog(*log, wasOpened || !hasWritten);
}

/// After a commit the ends are looked at, the one before too: what was cut and written to again has a hole
/// there. Where somebody else had the log open, a program that uses SQLite or not, all of it is.
FileWatch::Finding FileWatch::lookAtLog(const FileState& log, bool atAll)
{
    const auto now = readIndex();
    if (!now)
        return Finding::IndexDamaged;
    const bool goesOn = now->isOfSameLog(m_noted) && now->frames >= m_noted.frames;
    if (!logEndsAs(m_log, *now) || (goesOn && !logEndsAs(m_log, m_noted)))
        return Finding::LogDamaged;
    if (atAll && wholePagesOf(m_log, now->frames) < now->frames)
        return Finding::LogDamaged;
    m_logState = log;
    m_noted = *now;
    return Finding::Sound;
}

/// Other programs may bring the log into the database while they use it as SQLite does, and then the index
/// that all share says so. A log that was begun anew says nothing when it was this process that did.
bool FileWatch::wasChangedBySQLite(bool hasWritten)
{
    const auto now = readIndex();
    if (!now)
        return false;
    if (!now->isOfSameLog(m_noted))
        return !hasWritten;
    return now->broughtIn != m_noted.broughtIn || now->attempted != m_noted.attempted;
}

/// The system's times of writing are those of its last tick, some milliseconds ago, and another's write may
/// come in the same one. A time to the nanosecond is nobody else's.
void FileWatch::stampDatabase()
{
    std::array<timespec, 2> times{};
    times[0].tv_nsec = UTIME_OMIT;
    if (::clock_gettime(CLOCK_REALTIME, &times[1]) == 0)
        ::futimens(m_database, times.data());
    m_databaseState = FileState::of(m_database).value_or(m_databaseState);
}

void FileWatch::noteDatabase()
{
    stampDatabase();
    if (const auto now = readIndex()) {
        m_noted.broughtIn = now->broughtIn;
        m_noted.attempted = now->attempted;
    }
}

bool FileWatch::isAtRest()
{
    constexpr std::chrono::seconds enough{1};
    const auto now = std::chrono::steady_clock::now();
    const std::array<FileState, 2> states{FileState::of(m_file).value_or(FileState()),
                                          FileState::of(m_logFile).value_or(FileState())};
    if (states != m_asked) {
        m_asked = states;
        m_sameSince = now;
    }
    return now - m_sameSince >= enough;
}

bool FileWatch::isBroughtIn() const
{
    const auto now = readIndex();
    return now && now->broughtIn >= now->frames;
}

bool FileWatch::leadsSomewhere() const
{
    const auto now = readIndex();
    return now && !isForeignLog(m_log, *now) && wholePagesOf(m_log, now->frames) >= now->broughtIn;
}

bool FileWatch::hasOwnLog() const
{
    const auto log = FileState::of(m_logFile);
    return log && log->isSameFile(m_logState);
}

bool FileWatch::isCopied() const
{
    constexpr std::size_t step = 1024 * 1024;
    const auto own = FileState::of(m_database);
    const auto there = FileState::of(m_file);
    if (!own || !there || !there->isRegular || there->isSameFile(*own) || there->size != own->size)
        return false;
    int copy = openToRead(m_file);
    bool isSame = copy >= 0;
    std::vector<char> left(step);
    std::vector<char> right(step);
    for (qint64 at = 0; isSame && at < own->size; at += qint64(step)) {
        const ssize_t length = ::pread(m_database, left.data(), step, at);
        isSame = length > 0 && ::pread(copy, right.data(), step, at) == length &&
                 std::equal(left.begin(), left.begin() + length, right.begin());
    }
    closeIt(copy);
    return isSame;
}

QString FileWatch::setLogAside() const
{
    const auto log = FileState::of(m_logFile);
    if (!log || (log->isRegular && log->size == 0))
        return {};
    QByteArray aside = m_logFile + ".aside";
    for (int number = 2; FileState::of(aside); ++number)
        aside = m_logFile + ".aside-" + QByteArray::number(number);
    return ::rename(m_logFile.constData(), aside.constData()) == 0 ? QFile::decodeName(aside) : QString();
}

} // namespace prism::store::sqlite
