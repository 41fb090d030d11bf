#include "tests/faults/faulty_server.h"

#include "tests/faults/synced_copy.h"

#include <QFile>
#include <QRandomGenerator>

namespace prism::test {

namespace {

constexpr qsizetype sectorSize = 512;

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What was synced, with some of the sectors that were written since.
QByteArray tear(QByteArray synced, const QByteArray& written, QRandomGenerator& random)
{
    for (qsizetype at = 0; at < written.size(); at += sectorSize) {
        const QByteArray sector = written.mid(at, sectorSize);
        if (synced.mid(at, sectorSize) == sector || random.bounded(2) == 0)
            continue;
        if (synced.size() < at + sector.size())
            synced.append(at + sector.size() - synced.size(), '\0');
        synced.replace(at, sector.size(), sector);
    }
    return synced;
}

} // namespace

FaultyServer::FaultyServer(const QStringList& arguments)
    : m_server(arguments)
{
    const QString file = m_boardDir.filePath(QStringLiteral("board"));
    m_board = FaultBoard::open(QFile::encodeName(file).toStdString());
    m_server.setProgram(QStringLiteral(PRISM_FAULTY_SERVER_BINARY));
    m_server.addEnvironment(QStringLiteral("PRISM_FAULT_BOARD"), file);
}

void FaultyServer::cutPower(QRandomGenerator* torn)
{
    m_server.kill9();
    const QString database = m_server.dataDir() + QStringLiteral("/prism.db");
    QFile::remove(database + QStringLiteral("-shm"));
    for (const char* part : {"", "-wal", "-journal"}) {
        const QString file = database + QString::fromLatin1(part);
        const QString synced = file + QString::fromLatin1(SyncedCopy::suffix);
        const bool hadSynced = QFile::exists(synced);
        QByteArray left = contentOf(synced);
        if (torn)
            left = tear(left, contentOf(file), *torn);
        QFile::remove(file);
        QFile::remove(synced);
        if (!hadSynced && left.isEmpty())
            continue;
        QFile restored(file);
        if (restored.open(QIODevice::WriteOnly))
            restored.write(left);
    }
}

} // namespace prism::test
