#include "server/api/report_reader.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/check_reader.h"
#include "server/store/tables/retro_reader.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_older_texts {

using namespace prism;
using namespace Qt::StringLiterals;
using store::CheckQuery;
using store::RetroQuery;

namespace {

using NarrowChecks = void (*)(CheckQuery&, const QString&);
using NarrowRetros = void (*)(RetroQuery&, const QString&);

} // namespace

/// Texts that an older program stored as they were sent: who asks for the same text finds them, although what
/// is asked for is composed.
class OlderTextsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::WriteConnection> m_database;

    /// Each has a check and a retrospective that are called so in each field.
    void store(const QStringList& texts)
    {
        int ordinal = 0;
        for (const QString& text : texts) {
            ++ordinal;
            QVERIFY(m_database
                        ->execute("INSERT INTO checks (ordinal, id, timestamp, status, duration, \"user\", "
                                  "session, project, "
                                  "infos) VALUES (?, ?, ?, 'PASS', 5, ?, '', ?, 1)",
                                  {ordinal, text, 1000 + ordinal, text, text})
                        .has_value());
            QVERIFY(m_database
                        ->execute("INSERT INTO violations (check_ordinal, position, principle_id, "
                                  "principle_name, severity, "
                                  "message, false_positive) VALUES (?, 0, ?, 'n', 'INFO', 'm', 0)",
                                  {ordinal, text})
                        .has_value());
            QVERIFY(m_database
                        ->execute("INSERT INTO retros VALUES (?, ?, ?, 'quick', ?, 5, '', '[]', '[]', ?, 0)",
                                  {ordinal, text, 1000 + ordinal, text, text})
                        .has_value());
        }
    }

    static void addTexts()
    {
        QTest::addColumn<QStringList>("stored");
        QTest::addColumn<QString>("asked");
        const QString composed = u"Caf\u00e9"_s;
        const QString decomposed = u"Cafe\u0301"_s;
        const QString syllable = u"\uac01"_s;
        QTest::newRow("composed") << QStringList{composed, u"other"_s} << composed;
        QTest::newRow("decomposed") << QStringList{decomposed, u"other"_s} << composed;
        QTest::newRow("both") << QStringList{decomposed, composed, u"Cafe"_s} << composed;
        QTest::newRow("Hangul") << QStringList{syllable.normalized(QString::NormalizationForm_D), u"x"_s}
                                << syllable;
        QTest::newRow("ASCII") << QStringList{u"plain"_s, u"Plain"_s} << u"plain"_s;
    }

    static qsizetype wanted(const QStringList& stored, const QString& asked)
    {
        return std::count_if(stored.begin(), stored.end(), [&](const QString& each) {
            return each.normalized(QString::NormalizationForm_C) == asked;
        });
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::move(*store::sqlite::WriteConnection::open(m_folder->filePath(u"t.db"_s)));
        QVERIFY(store::migrate(*m_database).has_value());
    }

    void checksAndRetros_areFoundByEachField_data() { addTexts(); }

    void checksAndRetros_areFoundByEachField()
    {
        QFETCH(const QStringList, stored);
        QFETCH(const QString, asked);
        store(stored);
        store::CheckReader checks(*m_database);
        for (const NarrowChecks narrow :
             {NarrowChecks([](CheckQuery&query, const QString&text) { query.projects = {text}; }),
              NarrowChecks([](CheckQuery&query, const QString&text) { query.user = text; }),
              NarrowChecks([](CheckQuery&query, const QString&text) { query.principle = text; })}) {
            CheckQuery query;
            narrow(query, asked);
            QCOMPARE(checks.list(query)->checks.size(), wanted(stored, asked));
        }
        store::RetroReader retros(*m_database);
        for (const NarrowRetros narrow :
             {NarrowRetros([](RetroQuery&query, const QString&text) { query.projects = {text}; }),
              NarrowRetros([](RetroQuery&query, const QString&text) { query.user = text; })}) {
            RetroQuery query;
            narrow(query, asked);
            QCOMPARE(retros.list(query)->retros.size(), wanted(stored, asked));
        }
    }

    void checksAndRetros_areFoundByTheirId_data() { addTexts(); }

    void checksAndRetros_areFoundByTheirId()
    {
        QFETCH(const QStringList, stored);
        QFETCH(const QString, asked);
        store(stored);
        QVERIFY(store::CheckReader(*m_database).find(asked).has_value());
        QVERIFY(store::RetroReader(*m_database).find(asked).has_value());
        QVERIFY(!store::CheckReader(*m_database).find(u"Missing"_s).has_value());
    }

    void filtersOfReports_areOfBothForms_data() { addTexts(); }

    void filtersOfReports_areOfBothForms()
    {
        QFETCH(const QStringList, stored);
        QFETCH(const QString, asked);
        for (const QString& given : {asked, asked.normalized(QString::NormalizationForm_D)}) {
            protocol::Problems problems;
            const auto filters = api::readFilters({{u"project"_s, given}}, u"filters"_s, 100, problems);
            QVERIFY(problems.isEmpty());
            const QStringList texts = filters.at(analytics::Dimension::Project);
            for (const QString& each : stored)
                QCOMPARE(texts.contains(each), each.normalized(QString::NormalizationForm_C) == asked);
        }
    }
};

PRISM_TEST(OlderTextsTest)

} // namespace tst_older_texts

#include "tst_older_texts.moc"
