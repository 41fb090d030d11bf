#include "server/store/dialect.h"
#include "server/store/gate_builder.h"
#include "server/store/migrations.h"
#include "server/store/name_migration.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/alert_reader.h"
#include "server/store/tables/check_writer.h"
#include "server/store/tables/false_positive_writer.h"
#include "server/store/tables/gate_reader.h"
#include "server/store/tables/outcome_writer.h"
#include "server/store/tables/record_search.h"
#include "server/store/tables/settings_writer.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/older_schema.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_migrations {

using namespace prism::store;
using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

/// As the schemas 1 to 5 had it.
constexpr const char* oldAnswer = "INSERT INTO answers VALUES (3, CAST('key' AS BLOB), CAST('request' AS "
                                  "BLOB), 1000, 201, 'ETag: \"1\"', '{}')";
const char oldAnswers[] = "CREATE TABLE answers ("
                          "ordinal INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, request BLOB NOT NULL, "
                          "created_at INTEGER NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, "
                          "body BLOB NOT NULL)";

} // namespace

class MigrationsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    static QStringList schemaOf(ReadConnection& database)
    {
        auto rows = database.select("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name");
        QStringList statements;
        while (rows && rows->next())
            statements << rows->text(0);
        return statements;
    }

private slots:
    void emptyFile_getsTheNewestSchema()
    {
        const auto database = sqlite::WriteConnection::open(file("new.db"));
        QVERIFY(database.has_value());
        QVERIFY(migrate(**database).has_value());
        auto version = (*database)->select("PRAGMA user_version");
        QVERIFY(version && version->next());
        QCOMPARE(int(version->integer(0)), newestSchema());
    }

    void secondMigration_changesNothingAndKeepsTheData()
    {
        const auto database = sqlite::WriteConnection::open(file("twice.db"));
        QVERIFY(migrate(**database).has_value());
        QVERIFY((*database)->execute("INSERT INTO settings VALUES ('epoch', 'e')").has_value());
        const QStringList before = schemaOf(**database);
        QVERIFY(migrate(**database).has_value());
        QCOMPARE(schemaOf(**database), before);
        auto kept = (*database)->select("SELECT value FROM settings");
        QVERIFY(kept->next());
        QCOMPARE(kept->text(0), QStringLiteral("e"));
    }

    void databaseWithoutTheIndexOfTexts_getsItEmptyAndKeepsItsRecords()
    {
        const auto database = sqlite::WriteConnection::open(file("first.db"));
        QVERIFY(migrate(**database).has_value());
        QVERIFY(turnIntoSchema7(**database));
        for (const char* step :
             {"DROP TABLE record_search", "DROP TABLE record_search_progress", "DROP TABLE rule_versions",
              "DROP TABLE alerts", "ALTER TABLE checks DROP COLUMN imported",
              "ALTER TABLE retros DROP COLUMN imported", "DROP TABLE quarter_rollups",
              "DROP TABLE day_rollups", "DROP TABLE outcomes", oldAnswers,
              "ALTER TABLE violations DROP COLUMN pattern", "PRAGMA user_version=1",
              "INSERT INTO records VALUES (7, 'id', 0, 'Old record', NULL, 1, 1, '{}')"})
            QVERIFY((*database)->execute(step).has_value());
        QVERIFY(migrate(**database).has_value());
        RecordQuery query;
        query.search = QStringLiteral("old rec");
        const RecordSearch& search = (*database)->dialect().search();
        QCOMPARE(search.walk(**database, query)->records, QList<QByteArray>{"{}"});
        QCOMPARE(search.index(**database, 10).value(), 1);
        QCOMPARE(search.waiting(**database).value(), 0);
        QCOMPARE(search.walk(**database, query)->records, QList<QByteArray>{"{}"});
    }

    void answersOfAnOlderProgram_areKnownToHaveBeenGiven()
    {
        const auto database = sqlite::WriteConnection::open(file("answers.db"));
        QVERIFY(migrate(**database).has_value());
        QVERIFY(turnIntoSchema7(**database));
        for (const char* step :
             {"DROP TABLE outcomes", oldAnswers, "ALTER TABLE violations DROP COLUMN pattern",
              "PRAGMA user_version=5", oldAnswer})
            QVERIFY((*database)->execute(step).has_value());
        QVERIFY(migrate(**database).has_value());
        OutcomeReader table(**database);
        const auto known = table.find("key", fromMillis(1000));
        QVERIFY(known.has_value() && known->has_value());
        QCOMPARE((*known)->request, QByteArray("request"));
        QCOMPARE((*known)->outcome, QByteArray());
        QCOMPARE(table.oldest().value(), std::optional(fromMillis(1000)));
    }

    void violationsOfAnOlderProgram_haveNoPattern()
    {
        const auto database = sqlite::WriteConnection::open(file("patterns.db"));
        QVERIFY(migrate(**database).has_value());
        QVERIFY(turnIntoSchema7(**database));
        for (const char* step :
             {"ALTER TABLE violations DROP COLUMN pattern", "PRAGMA user_version=6",
              "INSERT INTO checks VALUES (1, 'c', 1000, 'PASS', 5, '', '', '', 0)",
              "INSERT INTO violations VALUES (1, 0, 1000, 'P', 'Name', 'WARNING', 'Why', 1)"})
            QVERIFY((*database)->execute(step).has_value());
        QVERIFY(migrate(**database).has_value());
        const auto check = CheckReader(**database).find(QStringLiteral("c"));
        QVERIFY(check.has_value());
        QCOMPARE(
            check->check.violations.first(),
            (prism::protocol::Violation{QStringLiteral("P"), QStringLiteral("Name"),
                                        prism::protocol::Severity::Warning, QStringLiteral("Why"), true}));
    }

    /// Composed and decomposed are one name now; who has the composed one keeps it, then who was first.
    void namesOfAnOlderProgram_becomeOne()
    {
        const auto database = sqlite::WriteConnection::open(file("names.db"));
        QVERIFY(migrate(**database).has_value());
        const QString longName = QString(97, QLatin1Char('x')) + QString::fromUtf8("e\u0301yz");
        qint64 ordinal = 0;
        for (const QString& name : {QString::fromUtf8("Cafe\u0301"), QStringLiteral("plain"),
                                    QString::fromUtf8("Caf\u00e9"), QString::fromUtf8("a\u0301\u0323"),
                                    QString::fromUtf8("a\u0323\u0301"), QString::fromUtf8("\u1ea1\u0301 (2)"),
                                    longName, longName.normalized(QString::NormalizationForm_C)}) {
            Record record;
            record.id = QString::number(++ordinal);
            record.name = name;
            record.version = 3;
            record.config = RecordConfig{};
            record.config->filters = ObjectText::asGiven(R"({"n": 1.0})");
            QVERIFY((*database)
                        ->execute("INSERT INTO records (ordinal, id, type, name, updated_at, version, json) "
                                  "VALUES (?, ?, 0, ?, 1, 3, ?)",
                                  {ordinal, record.id.toUtf8(), name, Value::utf8(encode(record))})
                        .has_value());
        }
        QVERIFY(turnIntoSchema9(**database));
        QVERIFY((*database)->execute("PRAGMA user_version=8").has_value());
        for (int i = 0; i < 3; ++i)
            QTest::ignoreMessage(QtWarningMsg,
                                 QRegularExpression(QStringLiteral("two records had one name")));
        QVERIFY(migrate(**database).has_value());
        const auto stored = [&] {
            QStringList all;
            auto rows = (*database)->select("SELECT name, json, version FROM records ORDER BY ordinal");
            while (rows && rows->next()) {
                const auto record = decodeRecord(rows->bytes(1));
                all.append(rows->text(0));
                if (!record || record->name != rows->text(0) || record->version != rows->integer(2) ||
                    record->config->filters.text() != R"({"n": 1.0})")
                    all.append(QStringLiteral("json of another record"));
            }
            return all;
        };
        const QStringList expected{QString::fromUtf8("Caf\u00e9 (2)"),
                                   QStringLiteral("plain"),
                                   QString::fromUtf8("Caf\u00e9"),
                                   QString::fromUtf8("\u1ea1\u0301"),
                                   QString::fromUtf8("\u1ea1\u0301 (3)"),
                                   QString::fromUtf8("\u1ea1\u0301 (2)"),
                                   QString(96, QLatin1Char('x')) + QStringLiteral(" (2)"),
                                   longName.normalized(QString::NormalizationForm_C)};
        QCOMPARE(stored(), expected);
        QVERIFY(unifyNames(**database).has_value());
        QCOMPARE(stored(), expected);
    }

    /// They were of one hour, and their sentence is all there is of their facts.
    void alertsOfAnOlderProgram_stayAsTheyWere()
    {
        const auto database = sqlite::WriteConnection::open(file("alerts.db"));
        QVERIFY(migrate(**database).has_value());
        QVERIFY(turnIntoSchema9(**database));
        for (const char* step :
             {"INSERT INTO alerts VALUES (1, 'open', 1000, 'violation_spike', 'high', 'violations', 40, 3, "
              "0, "
              "'40 violations.', NULL, NULL)",
              "INSERT INTO alerts VALUES (2, 'seen', 2000, 'quality_drop', 'medium', 'violationRate', 0.5, "
              "0.1, 0, 'Half of the checks.', 'ana', 3000)"})
            QVERIFY((*database)->execute(step).has_value());
        QVERIFY(migrate(**database).has_value());
        prism::store::AlertReader table(**database);
        const Alert open = table.find(QStringLiteral("open")).value();
        const Alert seen = table.find(QStringLiteral("seen")).value();
        QCOMPARE(open.state, AlertState::Open);
        QCOMPARE(seen.state, AlertState::Acknowledged);
        QVERIFY(!open.since && !open.checks && !open.resolvedAt);
        QCOMPARE(toJson(open).value(QLatin1String("message")).toString(), QStringLiteral("40 violations."));
        QCOMPARE(alertFromJson(toJson(seen)).value(), seen);
        QVERIFY(!table.last(AlertKind::ViolationSpike).value()); // none that could go on
    }

    void scoresOfAnOlderProgram_areReset_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("said");
        QTest::newRow("nothing was set") << QByteArray() << QString();
        QTest::newRow("defaults") << R"({"checkLevel":"strict","alerts":{"violationSpikeScore":2.5,)"
                                     R"("violationSpikeHighScore":3.5,"violationSpikeMinimum":5,)"
                                     R"("qualityDropScore":2.5,"performanceFactor":3}})"_ba
                                  << QString();
        QTest::newRow("a score") << R"({"checkLevel":"strict","alerts":{"qualityDropScore":9}})"_ba
                                 << QStringLiteral("qualityDropScore");
        QTest::newRow("a factor that is too small now")
            << R"({"checkLevel":"strict","alerts":{"performanceFactor":1.1,"violationSpikeMinimum":7}})"_ba
            << QStringLiteral("violationSpikeMinimum, performanceFactor");
    }

    void scoresOfAnOlderProgram_areReset()
    {
        QFETCH(QByteArray, before);
        QFETCH(QString, said);
        const auto database = sqlite::WriteConnection::open(file("scores.db"));
        QVERIFY(migrate(**database).has_value());
        QVERIFY(turnIntoSchema9(**database));
        SettingsWriter table(**database);
        if (!before.isEmpty())
            QVERIFY(table.setValue(QLatin1String("settings"), QString::fromUtf8(before)).has_value());
        if (!said.isEmpty())
            QTest::ignoreMessage(QtWarningMsg,
                                 QRegularExpression(QStringLiteral("has its default again: %1$").arg(said)));
        QVERIFY(migrate(**database).has_value());
        const auto settings = table.settings();
        QVERIFY(settings.has_value());
        QCOMPARE(settings->alerts, prism::protocol::AlertSettings());
        QCOMPARE(settings->checkLevel == prism::protocol::CheckLevel::Strict, !before.isEmpty());
        const QString after = table.value(QLatin1String("settings")).value().value_or(QString());
        QVERIFY2(!after.contains(QLatin1String("Score")), qPrintable(after));
    }

    /// They are counted, and of those of which not all are listed the gravest come first.
    void violationsOfAnOlderProgram_areCountedAndSorted_data()
    {
        QTest::addColumn<int>("schema");
        for (int schema : {7, 9, 10})
            QTest::addRow("schema %d", schema) << schema;
    }

    void violationsOfAnOlderProgram_areCountedAndSorted()
    {
        QFETCH(const int, schema);
        const auto database = sqlite::WriteConnection::open(file("counts-" + QByteArray::number(schema)));
        QVERIFY(migrate(**database).has_value());
        QVERIFY(schema == 7   ? turnIntoSchema7(**database)
                : schema == 9 ? turnIntoSchema9(**database)
                              : turnIntoSchema10(**database));
        QVERIFY((*database)
                    ->execute("INSERT INTO checks VALUES (1, 'few', 1000, 'PASS', 5, 'u', 's', 'p', 0), "
                              "(2, 'many', 2000, 'PASS', 0, '', '', '', 1), (3, 'none', 3000, 'PASS', 1, '', "
                              "'', '', 0)")
                    .has_value());
        const auto add = [&](int check, int position, const char* severity, bool falsePositive) {
            return (*database)
                ->execute("INSERT INTO violations VALUES (?, ?, 1000, ?, 'Name', ?, 'Why', ?, 'x')",
                          {check, position, QStringLiteral("P%1").arg(position), QLatin1String(severity),
                           falsePositive ? 1 : 0})
                .has_value();
        };
        QVERIFY(add(1, 0, "INFO", false) && add(1, 1, "BLOCK", false) && add(1, 2, "BLOCK", true));
        for (int i = 0; i < 25; ++i)
            QVERIFY(add(2, i, i == 24 ? "BLOCK" : i == 23 ? "WARNING" : "INFO", i == 0));
        QVERIFY(migrate(**database).has_value());
        CheckReader table(**database);
        const Check few = table.find(u"few"_s).value().check;
        const Check many = table.excerpt(u"many"_s).value();
        QVERIFY((countsOf(few) == ViolationCounts{1, 0, 1, 1}));
        QCOMPARE(few.violations[0].principleId, u"P0"_s); // all are listed, and are where they were
        QCOMPARE(few.violations[1].pattern, u"x"_s);
        QCOMPARE(few.duration, std::optional(5.0));
        QVERIFY(few.gate.isEmpty() && !few.origin && few.violations[0].file.isEmpty());
        QVERIFY((countsOf(many) == ViolationCounts{1, 1, 22, 1}));
        QCOMPARE(many.violations[0].principleId, u"P24"_s);
        QCOMPARE(many.violations[1].principleId, u"P23"_s);
        QCOMPARE(many.violations[2].principleId, u"P1"_s);
        QCOMPARE(table.find(u"many"_s)->check.violations.last().principleId, u"P0"_s); // it does not count
        QVERIFY((countsOf(table.find(u"none"_s).value().check) == ViolationCounts()));
    }

    void newerSchema_isRefusedAndLeftAlone()
    {
        const auto database = sqlite::WriteConnection::open(file("newer.db"));
        QVERIFY((*database)
                    ->execute("PRAGMA user_version=" + QByteArray::number(newestSchema() + 1))
                    .has_value());
        const auto migrated = migrate(**database);
        QVERIFY(!migrated.has_value());
        QVERIFY2(migrated.error().message.contains(QLatin1String("newer")),
                 qPrintable(migrated.error().message));
        QVERIFY(schemaOf(**database).isEmpty());
    }

    /// Each table is in the way of another version, behind those that went well.
    void stepThatFails_leavesNothingBehind_data()
    {
        QTest::addColumn<QByteArray>("table");
        for (const char* table : {"retros", "rule_versions", "quarter_rollups", "alerts", "outcomes",
                                  "principle_names", "older_rollups", "false_positive_sightings"})
            QTest::newRow(table) << QByteArray(table);
    }

    void stepThatFails_leavesNothingBehind()
    {
        QFETCH(const QByteArray, table);
        const QString name = file(QByteArray("clash-" + table + ".db").constData());
        QStringList before;
        {
            const auto database = sqlite::WriteConnection::open(name);
            QVERIFY((*database)->execute("CREATE TABLE " + table + " (x INTEGER)").has_value());
            before = schemaOf(**database);
            QTest::ignoreMessage(
                QtWarningMsg,
                QRegularExpression(QStringLiteral("database error.*%1").arg(QString::fromLatin1(table))));
            QVERIFY(!migrate(**database).has_value());
        }
        const auto database = sqlite::WriteConnection::open(name);
        QCOMPARE(schemaOf(**database), before);
        QCOMPARE((*database)->dialect().schemaVersion(**database).value(), 0);
        QVERIFY((*database)->execute("DROP TABLE " + table).has_value());
        QVERIFY(migrate(**database).has_value());
    }

    /// Whoever goes back to the program before finds the database that it knows.
    void olderDatabase_staysWhatItWasWhenALaterVersionFails()
    {
        const QString name = file("older.db");
        const QString decomposed = QString::fromUtf8("Cafe\u0301");
        const auto nameNow = [](ReadConnection& database) {
            auto rows = database.select("SELECT name FROM records");
            return rows && rows->next() ? rows->text(0) : QString();
        };
        QStringList before;
        {
            const auto database = sqlite::WriteConnection::open(name);
            QVERIFY(migrate(**database).has_value());
            QVERIFY(turnIntoSchema7(**database));
            Record record;
            record.id = QStringLiteral("1");
            record.name = decomposed;
            QVERIFY((*database)
                        ->execute("INSERT INTO records VALUES (1, 'id', 0, ?, NULL, 1, 1, ?)",
                                  {decomposed, Value::utf8(encode(record))})
                        .has_value());
            QVERIFY((*database)
                        ->execute("CREATE TRIGGER in_the_way BEFORE UPDATE ON records "
                                  "BEGIN SELECT RAISE(ABORT, 'no names'); END")
                        .has_value());
            before = schemaOf(**database);
            QTest::ignoreMessage(QtWarningMsg,
                                 QRegularExpression(QStringLiteral("database error.*no names")));
            QVERIFY(!migrate(**database).has_value());
        }
        const auto database = sqlite::WriteConnection::open(name);
        QCOMPARE(schemaOf(**database), before);
        QCOMPARE((*database)->dialect().schemaVersion(**database).value(), 7);
        QCOMPARE(nameNow(**database), decomposed);
        QVERIFY((*database)->execute("DROP TRIGGER in_the_way").has_value());
        QVERIFY(migrate(**database).has_value());
        QCOMPARE(nameNow(**database), decomposed.normalized(QString::NormalizationForm_C));
    }

    void databaseWithoutGates_getsThoseOfItsChecks()
    {
        const auto database = sqlite::WriteConnection::open(file("gates.db"));
        QVERIFY(migrate(**database).has_value());
        CheckWriter checks(**database);
        Check check;
        check.gate = u"unit"_s;
        check.project = u"shop"_s;
        int number = 0;
        for (const CheckStatus status :
             {CheckStatus::Pass, CheckStatus::Blocked, CheckStatus::Blocked, CheckStatus::Warning}) {
            check.id = QString::number(++number);
            check.timestamp = fromMillis(number * 1000);
            check.status = status;
            check.branch = number < 4 ? u"main"_s : u"feature"_s;
            QVERIFY(checks.insert(check).value());
        }
        QVERIFY(turnIntoSchema11(**database));
        QVERIFY(migrate(**database).has_value());
        QVERIFY(countGates(**database).has_value());
        const auto gate = GateReader(**database).find({u"shop"_s, u"unit"_s});
        QVERIFY(gate && *gate);
        QVERIFY((*gate)->status == CheckStatus::Blocked);
        QCOMPARE((*gate)->since, fromMillis(2000));
        QCOMPARE((*gate)->streak, 2);
        QCOMPARE((*gate)->lastPass, std::optional(fromMillis(1000)));
        QCOMPARE((*gate)->checkId, u"3"_s);
    }

    /// Marks that an older program set stay, and are not known again.
    void databaseWithoutFalsePositives_keepsItsMarks_data()
    {
        QTest::addColumn<int>("schema");
        for (int schema : {11, 12, 13})
            QTest::addRow("schema %d", schema) << schema;
    }

    void databaseWithoutFalsePositives_keepsItsMarks()
    {
        QFETCH(const int, schema);
        const auto database = sqlite::WriteConnection::open(file("marks-" + QByteArray::number(schema)));
        QVERIFY(migrate(**database).has_value());
        CheckWriter checks(**database);
        Check check;
        check.id = u"c"_s;
        check.timestamp = fromMillis(1000);
        check.violations = {{u"P"_s, {}, prism::protocol::Severity::Block, u"m"_s, true}};
        QVERIFY(checks.insert(check).value());
        QVERIFY(schema == 11   ? turnIntoSchema11(**database)
                : schema == 12 ? turnIntoSchema12(**database)
                               : turnIntoSchema13(**database));
        QVERIFY(migrate(**database).has_value());
        QCOMPARE(checks.find(u"c"_s)->check.violations, check.violations);
        FalsePositiveWriter table(**database);
        QCOMPARE(table.list({})->entries.size(), 0);
        FalsePositive marked;
        marked.id = u"f"_s;
        QVERIFY(table.insert(7, "key", marked).has_value());
        QVERIFY(table.addSightings(7, 2, fromMillis(5)).has_value());
        QVERIFY(table.addSightings(7, 1, fromMillis(3)).has_value());
        QVERIFY(table.addSightings(8, 1, fromMillis(3)).has_value()); // there is no such one
        QCOMPARE(table.find(u"f"_s)->seen, 3);
        QCOMPARE(table.find(u"f"_s)->lastSeen, std::optional(fromMillis(5)));
        QVERIFY(table.remove(7).has_value());
        auto left = (*database)->select("SELECT COUNT(*) FROM false_positive_sightings");
        QVERIFY(left && left->next());
        QCOMPARE(left->integer(0), 0);
    }

    void otherFile_isNoDatabase()
    {
        QFile other(file("letter.db"));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(QByteArray("Dear reader, ").repeated(1000));
        other.close();
        const auto database = sqlite::WriteConnection::open(other.fileName());
        QVERIFY(!database.has_value());
        QVERIFY2(database.error().message.contains(other.fileName()), qPrintable(database.error().message));
    }

    void acknowledgedWrites_areSyncedByEachCommit()
    {
        const auto database = sqlite::WriteConnection::open(file("sync.db"));
        auto mode = (*database)->select("PRAGMA journal_mode");
        QVERIFY(mode->next());
        QCOMPARE(mode->text(0), QStringLiteral("wal"));
        auto synchronous = (*database)->select("PRAGMA synchronous");
        QVERIFY(synchronous->next());
        QCOMPARE(synchronous->integer(0), 2);
    }

    void readOnlyConnection_cannotWrite()
    {
        {
            const auto writer = sqlite::WriteConnection::open(file("read.db"));
            QVERIFY(migrate(**writer).has_value());
        }
        const auto reader = sqlite::Connection::open(file("read.db"), sqlite::Connection::Mode::ReadOnly);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("database error")));
        QVERIFY(!(*reader)->execute("DELETE FROM settings").has_value());
    }
};

PRISM_TEST(MigrationsTest)

} // namespace tst_migrations

#include "tst_migrations.moc"
