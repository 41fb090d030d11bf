#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/rule_writer.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_rule_writer {

using namespace prism::store;

/// The versions of the rules as they are kept.
class RuleWriterTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;

    static StoredRules rules(const char* document)
    {
        return {0, prism::protocol::fromMillis(1234), 7, {}, document};
    }

    QList<qint64> versions()
    {
        QList<qint64> numbers;
        const auto list = RuleReader(*m_database).list();
        for (const StoredRules& each : *list)
            numbers.append(each.version);
        return numbers;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto database = sqlite::WriteConnection::open(m_folder->filePath(QStringLiteral("t.db")));
        QVERIFY(database.has_value());
        m_database = std::move(*database);
        QVERIFY(migrate(*m_database).has_value());
    }

    void cleanup()
    {
        m_database.reset();
        m_folder.reset();
    }

    void empty_hasNoVersion()
    {
        RuleWriter table(*m_database);
        QCOMPARE(table.head().value(), 0);
        QCOMPARE(table.list().value().size(), 0);
        QCOMPARE(table.find(1).error().code, ErrorCode::NotFound);
    }

    void added_isFoundAgain()
    {
        RuleWriter table(*m_database);
        QCOMPARE(table.add(rules("{}"), 5)->version, 1);
        StoredRules second = rules("{\"principles\":[]}");
        second.restoredFrom = 1;
        QCOMPARE(table.add(second, 5)->version, 2);
        const auto found = table.find(2);
        QVERIFY(found.has_value());
        QCOMPARE(found->document, second.document);
        QCOMPARE(found->principles, 7);
        QCOMPARE(found->restoredFrom, std::optional<qint64>(1));
        QCOMPARE(found->createdAt, second.createdAt);
        QCOMPARE(table.find(1)->restoredFrom, std::nullopt);
        QCOMPARE(table.head().value(), 2);
        QCOMPARE(versions(), (QList<qint64>{2, 1}));
    }

    void olderThanKept_areRemovedAndTheirNumbersNotGivenAgain()
    {
        RuleWriter table(*m_database);
        for (int i = 0; i < 5; ++i)
            QVERIFY(table.add(rules("{}"), 3).has_value());
        QCOMPARE(versions(), (QList<qint64>{5, 4, 3}));
        QCOMPARE(table.add(rules("{}"), 1)->version, 6);
        QCOMPARE(versions(), QList<qint64>{6});
        QCOMPARE(table.find(5).error().code, ErrorCode::NotFound);
    }
};

PRISM_TEST(RuleWriterTest)

} // namespace tst_rule_writer

#include "tst_rule_writer.moc"
