#include "client/report/spool.h"

#include "client/report/disk.h"
#include "client/report/files.h"
#include "shared/protocol/timestamp.h"
#include "shared/protocol/try.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>

namespace prism::report {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Result;

namespace {

constexpr qsizetype mostAside = 100;
constexpr qint64 longestWrite = 600; // seconds
constexpr QLatin1String ofEntry(".entry"), ofReason(".reason"), ofTold(".told");

/// A file's name of a server's address, and that of no other.
QString folderNameOf(const QUrl& server)
{
    constexpr qsizetype longest = 200;
    const QByteArray name = QUrl::toPercentEncoding(server.toString());
    return name.size() <= longest
               ? QString::fromLatin1(name)
               : QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex());
}

QFileInfoList filesIn(const QString& folder, QLatin1String ending)
{
    return QDir(folder).entryInfoList({u'*' + ending}, QDir::Files | QDir::Hidden, QDir::Name);
}

} // namespace

Spool::Spool(const Config& config)
    : m_folder(baseFolder("XDG_STATE_HOME", QLatin1String(".local/state")) + QStringLiteral("/prism/spool/") +
               folderNameOf(config.server))
    , m_aside(m_folder + QStringLiteral("/refused"))
    , m_mostEntries(config.spoolCount)
    , m_mostBytes(config.spoolBytes)
{
}

Result<void> Spool::add(const Entry& entry) const
{
    const QByteArray bytes = entry.encoded();
    PRISM_TRY(makeFolder(m_folder));
    PRISM_TRY(makeRoom(bytes.size()));
    const QString time =
        QStringLiteral("%1").arg(protocol::toMillis(protocol::now()), 15, 10, QLatin1Char('0'));
    return putFile(m_folder, time + u'-' + entry.key + ofEntry, bytes);
}

/// What a process that was killed had begun to write goes; what waits stays.
Result<void> Spool::makeRoom(qint64 bytes) const
{
    qint64 count = 1;
    const QDateTime longAgo = QDateTime::currentDateTimeUtc().addSecs(-longestWrite);
    const QFileInfoList files = QDir(m_folder).entryInfoList(QDir::Files);
    for (const QFileInfo& file : files) {
        const bool isPart = file.fileName().endsWith(unfinished);
        if (isPart && file.lastModified() < longAgo) {
            QFile::remove(file.filePath());
            continue;
        }
        count += isPart || file.fileName().endsWith(ofEntry) ? 1 : 0;
        bytes += file.size();
    }
    if (count > m_mostEntries)
        return protocol::Failure(Error{
            ErrorCode::Quota,
            QStringLiteral("%1 results wait already (spool-count), in %2").arg(count - 1).arg(m_folder)});
    if (bytes > m_mostBytes)
        return protocol::Failure(
            Error{ErrorCode::Quota,
                  QStringLiteral("with it %1 bytes would wait, of %2 at most (spool-bytes), in %3")
                      .arg(bytes)
                      .arg(m_mostBytes)
                      .arg(m_folder)});
    return {};
}

QStringList Spool::waiting() const
{
    QStringList names;
    const QFileInfoList files = filesIn(m_folder, ofEntry);
    for (const QFileInfo& file : files)
        names.append(file.fileName());
    return names;
}

Result<Entry> Spool::read(const QString& name) const
{
    QFile file(m_folder + u'/' + name);
    if (!file.open(QIODevice::ReadOnly))
        return protocol::Failure(
            Error{ErrorCode::Unavailable, name + QStringLiteral(": ") + file.errorString()});
    return Entry::decoded(file.readAll());
}

void Spool::remove(const QString& name) const
{
    QFile::remove(m_folder + u'/' + name);
}

void Spool::setAside(const QString& name, const QString& reason) const
{
    if (!makeFolder(m_aside))
        return;
    // The reason first: who is killed between the two says it again, of an entry that is refused again.
    QFile::remove(m_aside + u'/' + name + ofReason);
    if (!putFile(m_aside, name + ofReason, reason.toUtf8()) ||
        !QFile::rename(m_folder + u'/' + name, m_aside + u'/' + name))
        return;
    QFileInfoList kept = filesIn(m_aside, ofEntry);
    qint64 bytes = 0;
    for (const QFileInfo& file : std::as_const(kept))
        bytes += file.size();
    while (kept.size() > mostAside || bytes > m_mostBytes) {
        const QFileInfo oldest = kept.takeFirst();
        bytes -= oldest.size();
        for (const QLatin1String ending : {QLatin1String(""), ofReason, ofTold})
            QFile::remove(oldest.filePath() + ending);
    }
}

QStringList Spool::takeReasons() const
{
    constexpr qint64 longest = 4096;
    QStringList reasons;
    const QFileInfoList files = filesIn(m_aside, ofReason);
    for (const QFileInfo& file : files) {
        const QString told = file.filePath().chopped(ofReason.size()) + ofTold;
        QFile::remove(told);
        if (QFile::rename(file.filePath(), told)) // of two that say it at once, one does
            reasons.append(QString::fromUtf8(contentOf(told, longest).value_or(QByteArray())));
    }
    return reasons;
}

} // namespace prism::report
