#include "server/store/sqlite/database_lock.h"

#include "server/store/sqlite/companion_file.h"
#include "server/store/sqlite/file_state.h"
#include "server/store/sqlite/trouble.h"
#include "shared/protocol/try.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace prism::store::sqlite {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

Failure unavailable(const QString& message, const QStringList& details = {})
{
    return Failure(Error{ErrorCode::Unavailable, message, details});
}

/// A descriptor on its way to who keeps it.
class Opened
{
public:
    explicit Opened(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    Opened(Opened&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {
    }
    Opened& operator=(Opened&&) = delete;
    ~Opened()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }

    int get() const { return m_descriptor; }
    int release() { return std::exchange(m_descriptor, -1); }

private:
    int m_descriptor;
};

/// Neither follows a link to somewhere else, nor takes what has another name as well: who wrote here would
/// write there.
Result<Opened> openAlone(const QString& file)
{
    Opened opened(::open(QFile::encodeName(file).constData(),
                         O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600));
    if (opened.get() < 0)
        return unavailable(QStringLiteral("%1 cannot be opened: %2.").arg(file, reasonOf(errno)));
    const auto state = FileState::of(opened.get());
    if (!state || !state->isRegular)
        return unavailable(QStringLiteral("%1 is not a file.").arg(file));
    if (state->links > 1)
        return unavailable(QStringLiteral("%1 has %2 names (hard links), and may have one alone: what is "
                                          "written under one is lost under the other.")
                               .arg(file)
                               .arg(state->links));
    return opened;
}

/// What this class wrote there, or nothing.
bool isAddress(const QByteArray& text)
{
    const bool isUrl = text.startsWith("http://") || text.startsWith("https://") || text.startsWith("unix:/");
    return text.isEmpty() || (isUrl && text.indexOf('\n') == text.size() - 1);
}

} // namespace

Result<DatabaseLock> DatabaseLock::acquire(const QString& databaseFile)
{
    const QString lockFile = companionFile(databaseFile, QLatin1String(".lock"));
    PRISM_TRY_ASSIGN(Opened lock, openAlone(lockFile));
    std::array<char, 256> bytes{};
    const ssize_t length = ::pread(lock.get(), bytes.data(), bytes.size(), 0);
    const QByteArray text(bytes.data(), qMax<ssize_t>(length, 0));
    if (!isAddress(text))
        return unavailable(QStringLiteral("%1 is not the lock file of a prism-server; it stays as it is. "
                                          "Give it another name, or the database.")
                               .arg(lockFile));
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        const QString owner = QString::fromUtf8(text).trimmed();
        if (owner.isEmpty())
            return unavailable(
                QStringLiteral("Another prism-server uses the database %1.").arg(databaseFile));
        return unavailable(
            QStringLiteral("The prism-server at %1 uses the database %2.").arg(owner, databaseFile), {owner});
    }
    PRISM_TRY_ASSIGN(Opened database, openAlone(companionFile(databaseFile, QLatin1String())));
    if (::flock(database.get(), LOCK_EX | LOCK_NB) != 0)
        return unavailable(QStringLiteral("Another program has locked the database %1; most likely a "
                                          "prism-server that knows it by another name.")
                               .arg(databaseFile));
    return DatabaseLock(lock.release(), database.release());
}

DatabaseLock::DatabaseLock(DatabaseLock&& other) noexcept
    : m_lock(std::exchange(other.m_lock, -1))
    , m_database(std::exchange(other.m_database, -1))
{
}

DatabaseLock::~DatabaseLock()
{
    if (m_lock < 0)
        return;
    ::close(m_database);
    (void)::ftruncate(m_lock, 0);
    ::close(m_lock);
}

void DatabaseLock::announce(const QString& url) const
{
    const QByteArray text = url.toUtf8() + '\n';
    if (::ftruncate(m_lock, 0) != 0 || ::pwrite(m_lock, text.constData(), std::size_t(text.size()), 0) < 0)
        return;
}

} // namespace prism::store::sqlite
