#include "server/api/event_pages.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/writing/transaction.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace tst_event_pages {

using namespace prism;
using namespace Qt::StringLiterals;

class EventPagesTest : public QObject
{
    Q_OBJECT

    const QString m_epoch = u"e"_s;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::WriteConnection> m_database;
    std::unique_ptr<realtime::Backlog> m_backlog;
    std::unique_ptr<api::EventPages> m_pages;
    protocol::Seq m_head = 0;

    void commitEvent(const QByteArray& data = "{}")
    {
        Groups groups(*m_database, m_head);
        QVERIFY(groups.begin());
        QVERIFY(groups.announce(data, protocol::now()));
        QVERIFY(groups.commit());
        ++m_head;
    }

    void publishEvent()
    {
        m_backlog->append(
            {std::make_shared<realtime::Frame>(realtime::Frame{m_head, QString(), QString(), "x"})});
    }

    std::shared_ptr<const api::EncodedPage> read(protocol::Seq since, int limit = 100)
    {
        return m_pages->read({since, limit, m_epoch}).value_or(nullptr);
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::move(*store::sqlite::WriteConnection::open(m_folder->filePath(u"t.db"_s)));
        QVERIFY(store::migrate(*m_database).has_value());
        m_head = 0;
        m_backlog = std::make_unique<realtime::Backlog>(m_head, 10, 1000);
        m_pages = std::make_unique<api::EventPages>(*m_database, m_epoch, *m_backlog);
    }

    void cleanup()
    {
        m_pages.reset();
        m_database.reset();
    }

    void theSameQuery_isReadOnce()
    {
        commitEvent();
        publishEvent();
        const auto page = read(0);
        QVERIFY(page && page->complete && !page->isEmpty);
        // Whoever reads a table that is not there fails.
        QVERIFY(m_database->execute("ALTER TABLE events RENAME TO hidden").has_value());
        QCOMPARE(read(0), page);
    }

    void otherQueries_areAnsweredWithTheirOwnPage()
    {
        for (int i = 0; i < 3; ++i) {
            commitEvent();
            publishEvent();
        }
        const auto eventsOf = [this](protocol::Seq since, int limit) {
            return QJsonDocument::fromJson(read(since, limit)->json)["events"_L1].toArray().size();
        };
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(eventsOf(0, 100), 3);
            QCOMPARE(eventsOf(1, 100), 2);
            QCOMPARE(eventsOf(0, 1), 1);
            QCOMPARE(eventsOf(3, 100), 0);
            QVERIFY(!m_pages->read({0, 100, u"other"_s}).value()->complete);
        }
    }

    void page_endsBehindAMebibyte()
    {
        constexpr int events = 6;
        constexpr qsizetype mebibyte = 1024 * 1024;
        const QByteArray large = '"' + QByteArray(300 * 1024, 'x') + '"';
        for (int i = 0; i < events; ++i) {
            commitEvent(large);
            publishEvent();
        }
        int seen = 0;
        while (seen < events) {
            const QJsonObject page = QJsonDocument::fromJson(read(seen)->json).object();
            QVERIFY(read(seen)->json.size() < mebibyte + large.size() + 1024);
            const qsizetype count = page["events"_L1].toArray().size();
            QVERIFY(count > 0 && count < events);
            seen += int(count);
            QCOMPARE(page["seq"_L1].toInt(), seen);
        }
    }

    void publishedEvent_isInTheNextPage()
    {
        QVERIFY(read(0)->isEmpty);
        commitEvent();
        publishEvent();
        QVERIFY(!read(0)->isEmpty);
        const QByteArray before = read(0)->json;
        commitEvent();
        publishEvent();
        QVERIFY(read(0)->json != before);
    }
};

PRISM_TEST(EventPagesTest)

} // namespace tst_event_pages

#include "tst_event_pages.moc"
