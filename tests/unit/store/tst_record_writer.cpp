#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/record_writer.h"
#include "shared/protocol/try.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_record_writer {

using namespace prism::store;
using namespace prism::protocol;
using prism::store::ErrorCode;
using prism::store::Failure;
using prism::store::Result;

class RecordWriterTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;
    RecordCounts m_counts;

    /// Any instant is good that differs from the others'.
    Result<Record> create(const QString& name, RecordType type = RecordType::Custom)
    {
        RecordDraft draft;
        draft.name = name;
        draft.type = type;
        const EncodedRecord made = makeRecord(draft, fromMillis(++m_clock));
        PRISM_TRY(RecordWriter(*m_database, m_counts).insert(made));
        PRISM_TRY(m_counts.write(*m_database));
        return made.record;
    }

    qint64 total(std::optional<RecordType> type = {})
    {
        RecordQuery query;
        query.type = type;
        return RecordReader(*m_database).list(query)->total.value_or(-1);
    }

    qint64 m_clock = 1000;

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = sqlite::WriteConnection::open(m_folder->filePath(QStringLiteral("t.db")));
        QVERIFY(opened.has_value());
        m_database = std::move(*opened);
        QVERIFY(migrate(*m_database).has_value());
    }

    void cleanup() { m_database.reset(); }

    void create_withTakenName_isRefusedAndNothingIsWritten()
    {
        QVERIFY(create(QStringLiteral("a")).has_value());
        const auto again = create(QStringLiteral("a"));
        QVERIFY(!again.has_value());
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(total(), 1);
    }

    void totals_followCreationChangeAndDeletion()
    {
        const auto first = create(QStringLiteral("a"));
        QVERIFY(create(QStringLiteral("b"), RecordType::Adhoc).has_value());
        QCOMPARE(total(), 2);
        QCOMPARE(total(RecordType::Adhoc), 1);
        RecordPatch patch;
        patch.type = RecordType::Adhoc;
        RecordWriter table(*m_database, m_counts);
        QVERIFY(table.update(first->id, patch, fromMillis(5000)).has_value());
        QVERIFY(m_counts.write(*m_database).has_value());
        QCOMPARE(total(RecordType::Adhoc), 2);
        QCOMPARE(total(RecordType::Custom), 0);
        QVERIFY(table.remove(first->id).has_value());
        QVERIFY(m_counts.write(*m_database).has_value());
        QCOMPARE(total(), 1);
    }

    void update_withAnOldVersion_isRefused()
    {
        const auto record = create(QStringLiteral("a"));
        RecordWriter table(*m_database, m_counts);
        RecordPatch patch;
        patch.description = QStringLiteral("one");
        patch.version = 1;
        const auto updated = table.update(record->id, patch, fromMillis(5000));
        QVERIFY(updated.has_value());
        QCOMPARE(updated->record.version, 2);
        QCOMPARE(updated->record.createdAt, record->createdAt);
        QCOMPARE(table.update(record->id, patch, fromMillis(6000)).error().code, ErrorCode::VersionConflict);
        QVERIFY(table.remove(record->id).has_value());
    }

    void search_takesWildcardsLiterally()
    {
        for (const char* name : {"50% done", "50 done", "a_b", "axb", "back\\slash"})
            QVERIFY(create(QString::fromLatin1(name)).has_value());
        const auto found = [this](const char* search) {
            RecordQuery query;
            query.search = QString::fromLatin1(search);
            return RecordReader(*m_database).list(query)->records.size();
        };
        QCOMPARE(found("50%"), 1);
        QCOMPARE(found("a_b"), 1);
        QCOMPARE(found("k\\s"), 1);
        QCOMPARE(found("DONE"), 2);
    }
};

PRISM_TEST(RecordWriterTest)

} // namespace tst_record_writer

#include "tst_record_writer.moc"
