#pragma once

#include "tests/faults/file_deeds.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/ws_client.h"

#include <QSet>
#include <QTest>

#include <linux/capability.h>
#include <sys/prctl.h>

namespace prism::test {

inline const QByteArray records = "/api/v1/analytics/records";

inline QJsonObject recordNamed(const QByteArray& name)
{
    return {{QStringLiteral("type"), QStringLiteral("custom")},
            {QStringLiteral("name"), QString::fromLatin1(name)}};
}

/// What tests of the server's files work with: where they lie, and what was written.
class FilesTest : public QObject
{
protected:
    void makePlace()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_place.folder = m_dir->filePath(QStringLiteral("data")).toStdString();
        m_place.outside = m_dir->filePath(QStringLiteral("outside")).toStdString();
        std::filesystem::create_directory(m_place.folder);
        std::filesystem::create_directory(m_place.outside);
        m_server = std::make_unique<ServerProcess>();
        m_server->setDataDir(QString::fromStdString(m_place.folder));
        m_server->setPreparation(giveUpFilePrivileges);
        // Whoever reads a database that was written over says so.
        m_server->expectWarning(QStringLiteral("prism\\.(store|app|alerting|api|http|realtime)"));
        m_server->expectWarning(QStringLiteral("mapped into memory"));
        m_written = 0;
        m_before.clear();
        m_after.clear();
        m_refused.clear();
    }

    void leavePlace()
    {
        m_server.reset();
        std::filesystem::permissions(m_place.folder, std::filesystem::perms::owner_all);
    }

    /// Some records that are in the database and in the backup, some that are in the database alone, and some
    /// that are in the log only.
    void prepare()
    {
        QVERIFY(m_server->start());
        write(m_before, 20);
        m_inBackup = m_before;
        runSql(m_place.database(),
               qPrintable(QStringLiteral("VACUUM INTO '%1'").arg(QString::fromStdString(m_place.backup()))));
        write(m_before, 20);
        runSql(m_place.database(), "PRAGMA wal_checkpoint(PASSIVE)");
        m_listener = std::make_unique<WsClient>();
        QVERIFY(m_listener->open(m_server->wsUrl()));
        write(m_before, 20);
    }

    void write(QSet<QByteArray>& names, int count)
    {
        for (int i = 0; i < count; ++i)
            QCOMPARE(write(names), 201);
    }

    /// Status of the answer, 0 for none; the name is among `names` when it was acknowledged.
    int write(QSet<QByteArray>& names) { return write(names, "record " + QByteArray::number(++m_written)); }

    int write(QSet<QByteArray>& names, const QByteArray& name)
    {
        m_last = RestClient(m_server->httpUrl()).post(records, recordNamed(name));
        if (m_last.status == 201)
            names.insert(name);
        else
            m_refused.append(name);
        return m_last.status;
    }

    /// All of `expected` is there, in the log of events, which has no gap, and in the table.
    void check(const QSet<QByteArray>& expected)
    {
        RestClient client(m_server->httpUrl());
        QSet<QByteArray> names;
        protocol::Seq last = 0;
        for (;;) {
            const HttpResponse page =
                client.get("/api/v1/events?limit=1000&since=" + QByteArray::number(last));
            QVERIFY2(page.status == 200, page.summary().constData());
            const QJsonArray events = page.data()[QLatin1String("events")].toArray();
            if (events.isEmpty())
                break;
            for (const auto& event : events) {
                QCOMPARE(event[QLatin1String("seq")].toInteger(), ++last);
                if (event[QLatin1String("type")] == QLatin1String("analytics:record:created"))
                    names.insert(event[QLatin1String("data")][QLatin1String("record")][QLatin1String("name")]
                                     .toString()
                                     .toLatin1());
            }
        }
        const QSet<QByteArray> lost = expected - names;
        QVERIFY2(lost.isEmpty(), qPrintable(QStringLiteral("%1 of %2 lost, %3 there")
                                                .arg(lost.size())
                                                .arg(expected.size())
                                                .arg(names.size())));
        const QJsonObject list = client.get(records).meta()[QLatin1String("pagination")].toObject();
        QCOMPARE(list[QLatin1String("total")].toInteger(), names.size());
    }

    /// Even root has to keep to the permissions of files from here on.
    static void giveUpFilePrivileges()
    {
        ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
        ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Place m_place;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<WsClient> m_listener;
    HttpResponse m_last;
    int m_written = 0;
    QSet<QByteArray> m_before; ///< acknowledged before the deed
    QSet<QByteArray> m_after;  ///< and after
    QSet<QByteArray> m_inBackup;
    QByteArrayList m_refused;
};

} // namespace prism::test
