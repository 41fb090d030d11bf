#pragma once

#include "client/report/config.h"
#include "client/report/entry.h"

#include <QStringList>

namespace prism::report {

/// What has not been sent yet to one server: a folder of this person's alone, with a file for each entry that
/// is there whole or not at all, whenever a process or the machine ends. Any number of processes may add; who
/// takes away holds a SenderLock.
class Spool
{
public:
    explicit Spool(const Config& config);

    QString folder() const { return m_folder; }

    /// Is on disk afterwards. Refused where the spool is full, or the disk.
    protocol::Result<void> add(const Entry& entry) const;

    /// The names of what waits, the oldest first.
    QStringList waiting() const;

    protocol::Result<Entry> read(const QString& name) const;
    void remove(const QString& name) const;

    /// Keeps what the server does not want apart, the newest hundred, with the reason.
    void setAside(const QString& name, const QString& reason) const;

    /// The reasons that nobody has been told yet; they are told now.
    QStringList takeReasons() const;

private:
    protocol::Result<void> makeRoom(qint64 bytes) const;

    QString m_folder;
    QString m_aside;
    qint64 m_mostEntries;
    qint64 m_mostBytes;
};

} // namespace prism::report
