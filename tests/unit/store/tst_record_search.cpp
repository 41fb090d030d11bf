#include "server/store/dialect.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/record_writer.h"
#include "server/store/writing/upkeep.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace tst_record_search {

using namespace prism::store;
using namespace prism::protocol;

class RecordSearchTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;
    RecordCounts m_counts;
    qint64 m_clock = 1000;

    void open()
    {
        m_database = std::move(*sqlite::WriteConnection::open(m_folder->filePath(QStringLiteral("t.db"))));
        QVERIFY(migrate(*m_database).has_value());
    }

    /// The id of the new record.
    QString create(const QString& name, const std::optional<QString>& description = {},
                   RecordType type = RecordType::Custom)
    {
        RecordDraft draft;
        draft.name = name;
        draft.description = description;
        draft.type = type;
        const EncodedRecord made = makeRecord(draft, fromMillis(++m_clock));
        return RecordWriter(*m_database, m_counts).insert(made) ? made.record.id : QString();
    }

    /// The id of the last of them.
    QString createMany(int count, const QString& prefix = QStringLiteral("Record "))
    {
        QString id;
        (void)m_database->execute("BEGIN");
        for (int i = 0; i < count; ++i)
            id = create(prefix + QString::number(i).rightJustified(3, QLatin1Char('0')), {},
                        RecordType(i % 3));
        (void)m_database->execute("COMMIT");
        return id;
    }

    bool rename(const QString& id, const QString& name)
    {
        RecordPatch patch;
        patch.name = name;
        return RecordWriter(*m_database, m_counts).update(id, patch, fromMillis(++m_clock)).has_value();
    }

    int index(int most) { return m_database->dialect().search().index(*m_database, most).value_or(-1); }
    qint64 waiting() { return m_database->dialect().search().waiting(*m_database).value_or(-1); }

    int indexed()
    {
        auto rows = m_database->select("SELECT COUNT(*) FROM record_search");
        return rows && rows->next() ? int(rows->integer(0)) : -1;
    }

    static QStringList namesOf(const RecordPage& page)
    {
        QStringList names;
        for (const QByteArray& json : page.records)
            names << QJsonDocument::fromJson(json).object().value(QLatin1String("name")).toString();
        return names;
    }

    QStringList found(const QString& text, RecordOrder order = RecordOrder::CreatedAt)
    {
        RecordQuery query;
        query.limit = 100;
        query.search = text;
        query.order = order;
        return namesOf(RecordReader(*m_database).list(query).value_or(RecordPage()));
    }

    int countOf(const char* text) { return int(found(QString::fromUtf8(text)).size()); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
    }

    void cleanup() { m_database.reset(); }

    void text_isFoundWhetherItWaitsOrIsIndexed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* what, const char* text, std::initializer_list<const char*> names) {
            QStringList expected;
            for (const char* name : names)
                expected << QString::fromUtf8(name);
            QTest::newRow(what) << QString::fromUtf8(text) << expected;
        };
        row("part of a name", "lph", {"Alpha"});
        row("whole name", "Alpha", {"Alpha"});
        row("case of ASCII letters", "aLPHA", {"Alpha"});
        row("description", "nightly", {"50% done"});
        row("newest first", "done", {"50 done", "50% done"});
        row("percent sign", "50%", {"50% done"});
        row("underscore", "a_b", {"a_b"});
        row("backslash", "k\\s", {"back\\slash"});
        row("double quote", "y \"q", {"say \"quote\""});
        row("only double quotes", "\"\"\"", {});
        row("words of the index's language", "AND NOT", {"this AND NOT that*"});
        row("star", "hat*", {"this AND NOT that*"});
        row("not the prefix of a text with a star", "alp*", {});
        row("three CJK characters", "東京都", {"東京都庁"});
        row("two CJK characters", "都庁", {"東京都庁"});
        row("emoji", "🙂🙃🙂", {"x🙂🙃🙂y"});
        row("accents are letters of their own", "cafe", {});
        row("accents", "afé", {"Café"});
        row("case of other letters", "AFÉ", {"Café"});
        row("decomposed", "afe\u0301", {"Café"});
        row("capital of a letter beyond ASCII", "ärzte", {"Ärzte"});
        row("capital alone", "Ä", {"Ärzte"});
        row("letter that becomes two", "STRASS", {"Straße"});
        row("letter that was two", "asse", {"Straße"});
        row("one letter that becomes two", "ß", {"Straße"});
        row("Cyrillic", "ОТЧЁТ", {"Отчёт"});
        row("Greek final letter", "ΟΔΟΣ", {"Οδος"});
        row("sign that folds to a letter", "1\u212A", {"1k"});
        row("its pieces are there, not the text", "abcabd", {});
        row("not across name and description", "done\nnightly", {});
        row("two characters", "_b", {"a_b"});
        row("one character", "%", {"50% done"});
    }

    void text_isFoundWhetherItWaitsOrIsIndexed()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, expected);
        QVERIFY(m_database->execute("BEGIN").has_value());
        create(QStringLiteral("50% done"), QStringLiteral("nightly"));
        for (const char* name : {"Alpha", "50 done", "a_b", "axb", "back\\slash", "say \"quote\"",
                                 "this AND NOT that*", "東京都庁", "x🙂🙃🙂y", "Café", "abcab cabd bca",
                                 "Ärzte", "Straße", "Отчёт", "Οδος", "1k"})
            QVERIFY(!create(QString::fromUtf8(name)).isEmpty());
        QVERIFY(m_database->execute("COMMIT").has_value());
        QCOMPARE(found(text), expected);
        QCOMPARE(index(5), 5);
        QCOMPARE(found(text), expected);
        QCOMPARE(index(100), 12);
        QCOMPARE(waiting(), 0);
        QCOMPARE(found(text), expected);
        QStringList byName = expected;
        byName.sort();
        std::reverse(byName.begin(), byName.end());
        QCOMPARE(found(text, RecordOrder::Name), byName);
    }

    void changeAndDeletion_areSeenAtOnce_data()
    {
        QTest::addColumn<int>("indexed");
        QTest::newRow("all wait") << 0;
        QTest::newRow("some wait") << 1;
        QTest::newRow("none waits") << 3;
    }

    void changeAndDeletion_areSeenAtOnce()
    {
        QFETCH(const int, indexed);
        const QString first = create(QStringLiteral("green apple"));
        const QString second = create(QStringLiteral("green pear"));
        create(QStringLiteral("green plum"));
        if (indexed > 0)
            QCOMPARE(index(indexed), indexed);
        QVERIFY(rename(first, QStringLiteral("red apple")));
        QVERIFY(rename(second, QStringLiteral("red pear")));
        QCOMPARE(found(QStringLiteral("green")), QStringList{QStringLiteral("green plum")});
        QCOMPARE(countOf("red "), 2);
        RecordPatch patch;
        patch.description = QStringLiteral("sweet");
        QVERIFY(RecordWriter(*m_database, m_counts).update(first, patch, fromMillis(++m_clock)).has_value());
        QCOMPARE(countOf("sweet"), 1);
        QVERIFY(RecordWriter(*m_database, m_counts).remove(first).has_value());
        QCOMPARE(countOf("red "), 1);
        QCOMPARE(countOf("sweet"), 0);
        index(100);
        QCOMPARE(found(QStringLiteral("red ")), QStringList{QStringLiteral("red pear")});
        QCOMPARE(this->indexed(), 2);
    }

    void cursor_leadsThroughWaitingAndIndexedWithoutGapOrRepeat_data()
    {
        QTest::addColumn<RecordOrder>("order");
        QTest::addColumn<bool>("ascending");
        QTest::addColumn<int>("indexed");
        QTest::addColumn<bool>("oneType");
        for (const auto& [order, name] : {std::pair(RecordOrder::CreatedAt, "created"),
                                          {RecordOrder::UpdatedAt, "updated"},
                                          {RecordOrder::Name, "name"}}) {
            for (const bool ascending : {false, true}) {
                for (const int indexed : {0, 9, 10, 30}) {
                    for (const bool oneType : {false, true})
                        QTest::addRow("%s %s, %d indexed, %s", name, ascending ? "up" : "down", indexed,
                                      oneType ? "one type" : "all types")
                            << order << ascending << indexed << oneType;
                }
            }
        }
    }

    void cursor_leadsThroughWaitingAndIndexedWithoutGapOrRepeat()
    {
        QFETCH(const RecordOrder, order);
        QFETCH(const bool, ascending);
        QFETCH(const int, indexed);
        QFETCH(const bool, oneType);
        createMany(30);
        QStringList expected;
        for (int i = 0; i < 30; ++i) {
            if (!oneType || i % 3 == 1)
                expected << QStringLiteral("Record %1").arg(i, 3, 10, QLatin1Char('0'));
        }
        if (!ascending)
            std::reverse(expected.begin(), expected.end());
        if (indexed > 0)
            QCOMPARE(index(indexed), indexed);
        RecordQuery query;
        query.limit = 4;
        query.order = order;
        query.ascending = ascending;
        query.search = QStringLiteral("record 0");
        if (oneType)
            query.type = RecordType(1);
        QStringList byCursor;
        QStringList byPage;
        RecordReader table(*m_database);
        for (int page = 1; page <= 8; ++page) {
            query.page = page;
            byPage += namesOf(*table.list(query));
        }
        query.page = 1;
        do {
            const RecordPage page = *table.list(query);
            byCursor += namesOf(page);
            query.after.reset();
            if (page.next)
                query.after = RecordCursor::fromText(page.next->toText(), query.listOrder());
        } while (query.after && byCursor.size() < 40);
        QCOMPARE(byCursor, expected);
        QCOMPARE(byPage, expected);
    }

    void cursor_staysRightWhileTheRecordsAreIndexed()
    {
        createMany(20);
        RecordQuery query;
        query.limit = 3;
        query.search = QStringLiteral("record");
        QStringList names;
        do {
            const RecordPage page = *RecordReader(*m_database).list(query);
            names += namesOf(page);
            query.after = page.next;
            index(4);
        } while (query.after && names.size() < 30);
        QCOMPARE(names.size(), 20);
        QCOMPARE(names.first(), QStringLiteral("Record 019"));
        QCOMPARE(names.last(), QStringLiteral("Record 000"));
        QCOMPARE(names.removeDuplicates(), 0);
    }

    void indexing_goesOnAfterARestart()
    {
        createMany(20);
        QCOMPARE(index(7), 7);
        QVERIFY(m_database->execute("BEGIN IMMEDIATE").has_value());
        QCOMPARE(index(7), 7);
        m_database.reset();
        open();
        QCOMPARE(waiting(), 13);
        QCOMPARE(countOf("record"), 20);
        QCOMPARE(index(100), 13);
        QCOMPARE(index(100), 0);
        QCOMPARE(indexed(), 20);
        QCOMPARE(countOf("record"), 20);
    }

    void ordinalGivenAgain_isIndexedAnew_data()
    {
        QTest::addColumn<int>("indexed");
        QTest::addColumn<int>("removed");
        QTest::newRow("last of the indexed") << 5 << 1;
        QTest::newRow("last that waits") << 4 << 1;
        QTest::newRow("all that wait and some of the indexed") << 4 << 3;
        QTest::newRow("all") << 5 << 5;
    }

    void ordinalGivenAgain_isIndexedAnew()
    {
        QFETCH(const int, indexed);
        QFETCH(const int, removed);
        QStringList ids;
        for (int i = 0; i < 5; ++i)
            ids << create(QStringLiteral("before %1").arg(i));
        QCOMPARE(index(indexed), indexed);
        for (int i = 0; i < removed; ++i)
            QVERIFY(RecordWriter(*m_database, m_counts).remove(ids.takeLast()).has_value());
        createMany(removed, QStringLiteral("after "));
        QCOMPARE(countOf("before"), 5 - removed);
        QCOMPARE(countOf("after"), removed);
        index(100);
        QCOMPARE(waiting(), 0);
        QCOMPARE(countOf("before"), 5 - removed);
        QCOMPARE(countOf("after"), removed);
        QCOMPARE(this->indexed(), 5);
    }

    /// The last of the indexed went while others waited, and these went after it.
    void ordinalOfAnEarlierDeletion_givenAgain_isIndexedAnew()
    {
        create(QStringLiteral("first one"));
        const QString second = create(QStringLiteral("second one"));
        QCOMPARE(index(2), 2);
        const QString third = create(QStringLiteral("third one"));
        RecordWriter table(*m_database, m_counts);
        QVERIFY(table.remove(second).has_value());
        QVERIFY(table.remove(third).has_value());
        create(QStringLiteral("fourth one"));
        QCOMPARE(countOf("fourth"), 1);
        QCOMPARE(index(100), 1);
        QCOMPARE(countOf(" one"), 2);
    }

    void moreMatchesThanAreSorted_areFoundInOrder()
    {
        QVERIFY(m_database->execute("BEGIN").has_value());
        constexpr int many = 5100;
        for (int i = 0; i < many; ++i)
            create(QStringLiteral("Common %1").arg(many - i, 4, 10, QLatin1Char('0')));
        QCOMPARE(index(many), many);
        QVERIFY(m_database->execute("COMMIT").has_value());
        RecordQuery query;
        query.search = QStringLiteral("common");
        query.order = RecordOrder::Name;
        query.ascending = true;
        query.limit = 2;
        QCOMPARE(namesOf(*RecordReader(*m_database).list(query)),
                 (QStringList{QStringLiteral("Common 0001"), QStringLiteral("Common 0002")}));
        QCOMPARE(countOf("0042"), 1);
    }

    void upkeep_indexesWhileIdle()
    {
        createMany(130);
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {}, 1);
        QVERIFY(groups.begin());
        QVERIFY(upkeep.besideWrites(*groups, now()).has_value());
        QCOMPARE(waiting(), 130);
        QVERIFY(upkeep.whileIdle(*groups, now()).value());
        QCOMPARE(waiting(), 30);
        QVERIFY(upkeep.whileIdle(*groups, now()).value());
        QCOMPARE(waiting(), 0);
        QVERIFY(!upkeep.whileIdle(*groups, now()).value());
    }

    void upkeep_indexesManyAtOnceBesideWritesWhenTooManyWait()
    {
        createMany(1100);
        QVERIFY(m_database
                    ->execute("UPDATE records SET ordinal = 500500 WHERE ordinal = "
                              "(SELECT MAX(ordinal) FROM records)")
                    .has_value());
        Groups groups(*m_database);
        QVERIFY(groups.begin());
        QVERIFY(groups.announce("{}", now()));
        Upkeep upkeep(*m_database, groups.ledger(), {}, 1);
        QVERIFY(upkeep.besideWrites(*groups, now()).has_value());
        QCOMPARE(indexed(), 1001);
        QVERIFY(upkeep.besideWrites(*groups, now()).has_value());
        QCOMPARE(indexed(), 1001);
        QCOMPARE(countOf("Record 1000"), 1);
        QCOMPARE(countOf("Record 1099"), 1);
    }
};

PRISM_TEST(RecordSearchTest)

} // namespace tst_record_search

#include "tst_record_search.moc"
