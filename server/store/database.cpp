#include "server/store/database.h"

#include "server/store/uuid.h"

#include <QLoggingCategory>
#include <QSqlError>

Q_LOGGING_CATEGORY(lcStore, "prism.store")

namespace prism::store {

namespace {

/// What SQLite reports when the disk, and not the request, is the matter
/// (https://www.sqlite.org/rescode.html).
bool isTemporary(int code)
{
    enum { Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Full = 13, CannotOpen = 14 };
    switch (code & 0xFF) {
    case Busy:
    case Locked:
    case ReadOnly:
    case IoError:
    case Full:
    case CannotOpen:
        return true;
    default:
        return false;
    }
}

Error errorOf(const QSqlError& error, const QString& sql)
{
    qCWarning(lcStore).noquote() << "database error" << error.nativeErrorCode() << error.text() << "in"
                                 << sql;
    if (isTemporary(error.nativeErrorCode().toInt()))
        return {ErrorCode::Unavailable,
                QStringLiteral("The database cannot be used at the moment. Try again later.")};
    return {ErrorCode::Internal, QStringLiteral("The database could not do this.")};
}

} // namespace

QString notNull(const QString& text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

Database::Database(const QString& connection)
    : m_connection(connection)
{
}

Result<std::unique_ptr<Database>> Database::open(const QString& file, Mode mode)
{
    const QString connection = makeUuidV7();
    std::unique_ptr<Database> database(new Database(connection));
    QSqlDatabase sqlite = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
    sqlite.setDatabaseName(file);
    sqlite.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!sqlite.open())
        return Failure(Error{
            ErrorCode::Unavailable,
            QStringLiteral("The database %1 cannot be opened: %2").arg(file, sqlite.lastError().text())});

    QStringList pragmas{QStringLiteral("PRAGMA foreign_keys=ON"), QStringLiteral("PRAGMA cache_size=-65536"),
                        QStringLiteral("PRAGMA temp_store=MEMORY")};
    if (mode == Mode::ReadWrite)
        pragmas << QStringLiteral("PRAGMA journal_mode=WAL") << QStringLiteral("PRAGMA synchronous=FULL")
                << QStringLiteral("PRAGMA journal_size_limit=67108864");
    else
        pragmas << QStringLiteral("PRAGMA query_only=ON");
    for (const QString& pragma : pragmas) {
        QSqlQuery query(sqlite);
        if (!query.exec(pragma))
            return Failure(Error{ErrorCode::Unavailable, QStringLiteral("%1 is not a usable database: %2")
                                                             .arg(file, query.lastError().databaseText())});
    }
    return database;
}

Database::~Database()
{
    m_statements.clear();
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<QSqlQuery*> Database::run(const QString& sql, const QVariantList& values)
{
    std::shared_ptr<QSqlQuery>& query = m_statements[sql];
    if (!query) {
        auto prepared = std::make_shared<QSqlQuery>(QSqlDatabase::database(m_connection, false));
        prepared->setForwardOnly(true);
        if (!prepared->prepare(sql)) {
            const Error error = errorOf(prepared->lastError(), sql);
            m_statements.remove(sql);
            return Failure(error);
        }
        query = std::move(prepared);
    }
    for (int i = 0; i < values.size(); ++i)
        query->bindValue(i, values[i]);
    if (!query->exec()) {
        const Error error = errorOf(query->lastError(), sql);
        query->finish();
        return Failure(error);
    }
    return query.get();
}

Result<Rows> Database::select(const QString& sql, const QVariantList& values)
{
    const Result<QSqlQuery*> query = run(sql, values);
    if (!query)
        return Failure(query.error());
    return Rows(**query);
}

Result<int> Database::execute(const QString& sql, const QVariantList& values)
{
    const Result<QSqlQuery*> query = run(sql, values);
    if (!query)
        return Failure(query.error());
    const int touched = (*query)->numRowsAffected();
    (*query)->finish();
    return touched;
}

Snapshot::Snapshot(Database& database)
    : m_database(database)
{
    (void)m_database.execute(QStringLiteral("BEGIN"));
}

Snapshot::~Snapshot()
{
    (void)m_database.execute(QStringLiteral("COMMIT"));
}

} // namespace prism::store
