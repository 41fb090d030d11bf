#include "server/store/sqlite/write_connection.h"

#include "server/store/log.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/tables/event_reader.h"
#include "shared/protocol/try.h"

#include <QFile>

#include <cerrno>

namespace prism::store::sqlite {

namespace {

/// SQLite's own measure, in pages.
constexpr int longLog = 1000;

QString wordsOf(FileWatch::Finding finding, int systemError)
{
    using Finding = FileWatch::Finding;
    switch (finding) {
    case Finding::Sound:
        break;
    case Finding::Gone:
        return systemError == ENOENT || systemError == ENOTDIR
                   ? QStringLiteral(
                         "The database %1 was moved or deleted. Nothing is written until it is back.")
                   : QStringLiteral("The database %1 cannot be reached: %2. Nothing is written until it can.")
                         .arg(QStringLiteral("%1"), reasonOf(systemError));
    case Finding::SecondName:
        return QStringLiteral("The database %1 has a second name (a hard link), and what is written under "
                              "one is lost under the other. Nothing is written until that is removed.");
    case Finding::Replaced:
        return QStringLiteral("Something else was put in the place of the database %1. The server ends, and "
                              "the next start says what there is to go on with.");
    case Finding::WrittenTo:
        return QStringLiteral("Another program writes over the database %1. Nothing is written until it "
                              "stops, and if it was not what was there before, the server ends.");
    case Finding::LogGone:
        return QStringLiteral("The log of the database %1 (-wal, -shm) was moved, deleted or replaced. "
                              "Nothing is written until it was begun anew.");
    case Finding::IndexDamaged:
        return QStringLiteral("Another program cut or wrote over the index of the log of the database %1 "
                              "(-shm). The server ends, and the next start makes it anew.");
    case Finding::LogDamaged:
        return QStringLiteral(
            "Another program cuts or writes over the log of the database %1 (-wal). Nothing "
            "is written until it stops, and if it was not what was there before, the "
            "server ends.");
    }
    return {};
}

} // namespace

Result<std::unique_ptr<WriteConnection>> WriteConnection::open(std::shared_ptr<DatabaseFile> file)
{
    std::unique_ptr<WriteConnection> connection(new WriteConnection(std::move(file)));
    PRISM_TRY(connection->attach());
    return connection;
}

Result<void> WriteConnection::attach()
{
    using Mode = Connection::Mode;
    FileWatch* const watch = m_file->watch();
    // What is guarded was made when it was locked: made later it would be another one.
    PRISM_TRY_ASSIGN(m_connection, Connection::open(m_file->path(), watch ? Mode::ReadWrite : Mode::Make));
    if (!watch)
        return {};
    m_connection->leaveLogWhenClosed();
    m_connection->callAfterCommit([this](int pages) { committed(pages); });
    const bool isLocked = watch->lookAtDatabase() != Finding::Replaced;
    if (isLocked && watch->begin())
        return {};
    const int systemError = errno;
    m_connection.reset();
    return Failure(Error{ErrorCode::Unavailable,
                         isLocked ? QStringLiteral("The log of the database %1 cannot be read: %2.")
                                        .arg(m_file->path(), reasonOf(systemError))
                                  : wordsOf(Finding::Replaced, 0).arg(m_file->path())});
}

/// Runs within the commit. A database that is not what it was is left to outage().
void WriteConnection::committed(int pages)
{
    m_hasCommitted = true;
    FileWatch& watch = *m_file->watch();
    if (pages < longLog || watch.lookAtDatabase() != Finding::Sound)
        return;
    (void)m_connection->bringIn();
    watch.noteDatabase();
}

Result<int> WriteConnection::execute(QByteArrayView sql, std::initializer_list<Value> values)
{
    return m_connection->execute(sql, {values.begin(), values.size()});
}

Result<std::optional<qint64>> WriteConnection::insert(QByteArrayView sql, std::initializer_list<Value> values)
{
    PRISM_TRY_ASSIGN(const int added, execute(sql, values));
    return added > 0 ? std::optional(m_connection->lastRow()) : std::nullopt;
}

Result<void> WriteConnection::begin()
{
    PRISM_TRY(m_connection->execute("BEGIN IMMEDIATE"));
    return {};
}

Error WriteConnection::lastError() const
{
    const std::optional<Error> last = m_connection ? m_connection->lastError() : std::nullopt;
    return last.value_or(
        Error{ErrorCode::Unavailable,
              QStringLiteral("The database %1 cannot be used now. Try again later.").arg(m_file->path())});
}

std::optional<Outage> WriteConnection::outage(protocol::Seq head)
{
    FileWatch* const watch = m_file->watch();
    if (!watch || (m_outage && m_outage->isFinal))
        return m_outage;
    Finding finding = lookAtFiles();
    if (finding != Finding::Sound && m_connection)
        finding = mend(finding, head);
    if (finding == Finding::Sound) {
        if (std::exchange(m_outage, std::nullopt))
            qCInfo(lcStore).noquote() << "the database" << m_file->path() << "is written to again";
        return std::nullopt;
    }
    const bool isNew = !m_outage;
    const Outage now = leave(finding);
    if (isNew || m_outage->error != now.error)
        qCCritical(lcStore).noquote() << now.error.message;
    m_outage = now;
    return m_outage;
}

/// Where the log was begun anew and could not be opened, there is no connection, and this tries it again.
FileWatch::Finding WriteConnection::lookAtFiles()
{
    FileWatch& watch = *m_file->watch();
    if (!m_connection) {
        const Finding there = watch.lookAtDatabase();
        if (there != Finding::Sound && there != Finding::WrittenTo)
            return there;
        if (!attach())
            return Finding::LogGone;
    }
    return watch.look(std::exchange(m_hasCommitted, false));
}

/// What was found once that is done which can be.
FileWatch::Finding WriteConnection::mend(Finding finding, protocol::Seq head)
{
    FileWatch& watch = *m_file->watch();
    const bool isNew = !m_outage;
    m_isAtRest = watch.isAtRest();
    if (finding == Finding::LogGone && beginLogAnew())
        return watch.look(false);
    if (finding == Finding::LogDamaged && m_isAtRest && watch.isBroughtIn() && m_connection->emptyLog())
        return watch.look(false);
    // To look through all of it may take long.
    if (finding == Finding::WrittenTo && (isNew || m_isAtRest) && isWhole(head)) {
        if (!m_connection->bringIn()) {
            m_isAtRest = false; // a reader or the disk is in the way for a while
            return finding;
        }
        qCWarning(lcStore).noquote() << "another program wrote to the database" << m_file->path()
                                     << "- all that belongs into it is there";
        watch.noteDatabase();
        return watch.look(false);
    }
    return finding;
}

/// What SQLite still has open, with no name, holds all that a start would miss.
bool WriteConnection::beginLogAnew()
{
    FileWatch& watch = *m_file->watch();
    if (!m_connection->bringIn())
        return false;
    watch.noteDatabase();
    bool isBegun = false;
    QString aside;
    const bool hadNobody = m_file->whileNobodyReads([&] {
        const bool isForeign = !watch.hasOwnLog();
        m_connection.reset();
        watch.end();
        if (isForeign)
            aside = watch.setLogAside();
        isBegun = attach().has_value();
    });
    if (!hadNobody || !isBegun)
        return false;
    qCWarning(lcStore).noquote()
        << "the log of the database" << m_file->path()
        << "was moved, deleted or replaced; all that it held is in the database, and "
           "a new one was begun"
        << (aside.isEmpty() ? QString() : QStringLiteral("- what lay there is ") + aside);
    return true;
}

/// Whoever opens it now finds all that was committed: every table can be walked, and no event is missing.
bool WriteConnection::isWhole(protocol::Seq head) const
{
    // Who opens an empty one takes it for a new one and deletes the log.
    const auto database = FileState::of(QFile::encodeName(m_file->path()));
    if (!database || database->size == 0)
        return false;
    const auto fresh = sqlite::ReadConnection::open(m_file->path());
    if (!fresh)
        return false;
    {
        auto check = (*fresh)->select("PRAGMA quick_check(1)");
        if (!check || !check->next() || check->text(0) != QLatin1String("ok"))
            return false;
    }
    store::EventReader events(**fresh);
    const auto first = events.first();
    const auto last = events.head();
    auto count = (*fresh)->select("SELECT count(*) FROM events");
    return first && last && *last == head && count && count->next() &&
           count->integer(0) == *last - *first + 1;
}

/// What is said of it, after the first of what has to be done.
Outage WriteConnection::leave(Finding finding)
{
    const int systemError = errno;
    Outage outage{{ErrorCode::Unavailable, wordsOf(finding, systemError).arg(m_file->path())}};
    switch (finding) {
    case Finding::Sound:
    case Finding::LogGone:
        break;
    case Finding::Gone:
    case Finding::SecondName:
        if (m_connection && (!m_outage || m_outage->error != outage.error))
            (void)m_connection->bringIn(); // so that the file is whole, wherever it is
        break;
    case Finding::WrittenTo:
    case Finding::LogDamaged:
        outage.isFinal = m_isAtRest;
        break;
    case Finding::Replaced:
    case Finding::IndexDamaged:
        outage.isFinal = true;
        break;
    }
    if (outage.isFinal)
        giveUp(finding);
    return outage;
}

/// Leaves files and log so that a start loses as little as can be.
void WriteConnection::giveUp(Finding finding)
{
    const FileWatch& watch = *m_file->watch();
    QString aside;
    // A copy goes on with the log as the original would have. Anything else must not be given it.
    if (finding == Finding::Replaced && !watch.isCopied() && !(m_connection && m_connection->emptyLog()))
        aside = setLogAside();
    if (finding == Finding::WrittenTo || (finding == Finding::LogDamaged && !watch.leadsSomewhere()))
        aside = setLogAside();
    qCCritical(lcStore).noquote()
        << "nothing can be written to the database" << m_file->path()
        << "any more; the server ends, and a start says what there is to go on with";
    if (!aside.isEmpty())
        qCWarning(lcStore).noquote() << "the log does not belong to what lies there now; it is" << aside;
}

QString WriteConnection::setLogAside() const
{
    const FileWatch& watch = *m_file->watch();
    return watch.hasOwnLog() ? watch.setLogAside() : QString();
}

void WriteConnection::settle()
{
    FileWatch* const watch = m_file->watch();
    if (!m_connection || (m_outage && m_outage->isFinal))
        return;
    if (watch) {
        const Finding finding = watch->look(m_hasCommitted);
        if (finding != Finding::Sound && finding != Finding::Gone && finding != Finding::SecondName)
            return;
    }
    (void)m_connection->emptyLog();
}

} // namespace prism::store::sqlite
