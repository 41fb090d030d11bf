#include "client/model/records_model.h"
#include "client/ui/records/choice_card.h"
#include "tests/support/test_program.h"
#include "tests/ui/records/records_test.h"

#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

namespace tst_record_form {

using namespace prism;

/// Creating and changing a record, with others changing it too.
class TestRecordForm : public test::RecordsTest
{
    Q_OBJECT

private slots:
    void initTestCase() { startServer(); }
    void init() { openPage(); }
    void cleanup() { closePage(); }
    void cleanupTestCase() { stopServer(); }

    void create_byKeyboard_isStoredAndSelected();
    void createWithoutAName_saysSoBesideTheField();
    void nameTaken_isSaidBesideTheField();
    void edit_changesTheRecord();
    void filters_thatAreNotTouched_keepTheirForm();
    void filters_areTypedInTheWindowsWords();
    void refused_isSaidInWordsOfTheForm();
    void escape_withChanges_asksFirst();
    void newRecord_whileAnotherIsUnsaved_keepsIt();
    void conflict_isShownSideBySideAndMerged();
    void serverGone_saysSoAndKeepsTheRows();

private:
    QString problem(const char* field) const;
};

QString TestRecordForm::problem(const char* field) const
{
    const auto* label = m_window->findChild<QLabel*>(QLatin1String(field) + QStringLiteral("-problem"));
    return label && label->isVisible() ? label->text() : QString();
}

void TestRecordForm::create_byKeyboard_isStoredAndSelected()
{
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::AltModifier);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier); // from any page
    auto* name = find<QLineEdit>("record-name");
    QVERIFY(name->hasFocus());
    QTest::keyClicks(name, QStringLiteral("Release readiness"));
    QTest::keyClick(name, Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("every Monday"));
    find<QComboBox>("record-period")->setFocus();
    QTest::keyClick(find<QComboBox>("record-period"), Qt::Key_Down);
    auto* metrics = find<QListWidget>("record-metrics");
    metrics->setFocus();
    QTest::keyClick(metrics, Qt::Key_Down);
    QTest::keyClick(metrics, Qt::Key_Space);
    type("filter-project", QStringLiteral("checkout, billing"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);

    QTRY_COMPARE(text(0, 0), QStringLiteral("Release readiness"));
    QTRY_VERIFY(!name->isVisible());
    QTRY_COMPARE(m_table->selectionModel()->selectedRows().size(), 1);
    QVERIFY(m_table->hasFocus());
    QVERIFY(notice().contains(QStringLiteral("saved")));
    const QJsonObject record = stored(m_workspace->records().record(0).id);
    QCOMPARE(record.value(QStringLiteral("description")).toString(), QStringLiteral("every Monday"));
    QCOMPARE(record.value(QStringLiteral("config")).toObject(), test::parseJson(R"({"metrics":["violations"],
        "period":"today","filters":{"project":["checkout","billing"]}})")
                                                                    .toObject());
}

void TestRecordForm::createWithoutAName_saysSoBesideTheField()
{
    click("record-new");
    QVERIFY(problem("record-name").isEmpty()); // not before the person tried
    click("record-save");
    QCOMPARE(problem("record-name"), QStringLiteral("A record needs a name."));
    QVERIFY(find<QLineEdit>("record-name")->hasFocus());
    type("record-name", QStringLiteral("x"));
    QVERIFY(problem("record-name").isEmpty());
}

void TestRecordForm::nameTaken_isSaidBesideTheField()
{
    create(QStringLiteral("Taken"));
    click("record-new");
    type("record-name", QStringLiteral("Taken"));
    click("record-save");
    QTRY_COMPARE(problem("record-name"), QStringLiteral("Another record has this name already."));
    type("record-name", QStringLiteral("Free"));
    QVERIFY(problem("record-name").isEmpty());
    click("record-save");
    QTRY_COMPARE(m_table->model()->rowCount(), 2);
}

void TestRecordForm::edit_changesTheRecord()
{
    const QString id =
        create(QStringLiteral("Before"), {{QStringLiteral("description"), QStringLiteral("kept")}});
    selectRow(0);
    QTest::keyClick(m_table, Qt::Key_Return);
    QCOMPARE(find<QPlainTextEdit>("record-description")->toPlainText(), QStringLiteral("kept"));
    type("record-name", QStringLiteral("After"));
    click("record-save");
    QTRY_COMPARE(text(0, 0), QStringLiteral("After"));
    QCOMPARE(stored(id).value(QStringLiteral("description")).toString(), QStringLiteral("kept"));
}

/// A list of one text is not the same as a text, and a filter that is not known here is somebody's all the
/// same.
void TestRecordForm::filters_thatAreNotTouched_keepTheirForm()
{
    const QJsonObject filters{{QStringLiteral("project"), QJsonArray{QStringLiteral("checkout")}},
                              {QStringLiteral("status"), QJsonArray{QStringLiteral("PASS")}},
                              {QStringLiteral("user"), QStringLiteral("a, b")},
                              {QStringLiteral("phase"), QStringLiteral("beta")}};
    const QString id =
        create(QStringLiteral("Before"),
               {{QStringLiteral("config"), QJsonObject{{QStringLiteral("filters"), filters}}}});
    selectRow(0);
    click("record-edit");
    type("record-name", QStringLiteral("After"));
    type("filter-severity", QStringLiteral("BLOCK"));
    click("record-save");
    QTRY_COMPARE(text(0, 0), QStringLiteral("After"));
    QJsonObject wanted = filters;
    wanted.insert(QStringLiteral("severity"), QStringLiteral("BLOCK"));
    QCOMPARE(stored(id).value(QStringLiteral("config"))[QStringLiteral("filters")].toObject(), wanted);
}

void TestRecordForm::filters_areTypedInTheWindowsWords()
{
    click("record-new");
    type("record-name", QStringLiteral("By words"));
    type("filter-status", QStringLiteral("pass, Blocked"));
    find<QLineEdit>("filter-project")
        ->setText(QString::fromUtf8("\u652f\u4ed8\uff0cpass")); // as Chinese is typed
    click("record-save");
    QTRY_COMPARE(text(0, 0), QStringLiteral("By words"));
    const QJsonObject filters = stored(m_workspace->records().record(0).id)
                                    .value(QStringLiteral("config"))[QStringLiteral("filters")]
                                    .toObject();
    QCOMPARE(filters.value(QStringLiteral("status")).toArray(),
             (QJsonArray{QStringLiteral("PASS"), QStringLiteral("BLOCKED")}));
    QCOMPARE(filters.value(QStringLiteral("project")).toArray(),
             (QJsonArray{QString::fromUtf8("\u652f\u4ed8"), QStringLiteral("pass")}));
}

/// Beside the field, by the server's rules, and without its names for things.
void TestRecordForm::refused_isSaidInWordsOfTheForm()
{
    create(QStringLiteral("Runs"),
           {{QStringLiteral("config"),
             QJsonObject{{QStringLiteral("filters"),
                          QJsonObject{{QStringLiteral("status"), QStringLiteral("red")}}}}}});
    selectRow(0);
    click("record-run");
    QTRY_COMPARE(find<QLabel>("result-note")->text(),
                 QStringLiteral("It could not be run: Filters: must be one of those that are offered."));
}

void TestRecordForm::escape_withChanges_asksFirst()
{
    create(QStringLiteral("Before"));
    selectRow(0);
    click("record-edit");
    auto* name = find<QLineEdit>("record-name");
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(!name->isVisible()); // nothing to lose
    click("record-edit");
    type("record-name", QStringLiteral("After"));
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(name->isVisible());
    QCOMPARE(find<QPushButton>("record-leave")->text(), QStringLiteral("Discard changes"));
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(!name->isVisible());
    QCOMPARE(text(0, 0), QStringLiteral("Before"));
}

void TestRecordForm::newRecord_whileAnotherIsUnsaved_keepsIt()
{
    click("record-new");
    type("record-name", QStringLiteral("Half written"));
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(find<QLineEdit>("record-name")->text(), QStringLiteral("Half written"));
    QVERIFY(find<QLabel>("record-note")->isVisible());
}

void TestRecordForm::conflict_isShownSideBySideAndMerged()
{
    const QString id =
        create(QStringLiteral("Shared"), {{QStringLiteral("description"), QStringLiteral("as it was")}});
    selectRow(0);
    click("record-edit");
    QCOMPARE(m_client
                 ->put(path + '/' + id.toLatin1(),
                       QJsonObject{{QStringLiteral("description"), QStringLiteral("theirs")},
                                   {QStringLiteral("type"), QStringLiteral("adhoc")}})
                 .status,
             200);
    QTRY_VERIFY(find<QLabel>("record-note")->text().contains(QStringLiteral("Somebody else changed")));
    type("record-name", QStringLiteral("Shared by two"));
    type("record-description", QStringLiteral("mine"));
    click("record-save");

    QTRY_VERIFY(find<ui::ChoiceCard>("mine-description"));
    QCOMPARE(find<ui::ChoiceCard>("mine-description")->text(), QStringLiteral("mine"));
    QCOMPARE(find<ui::ChoiceCard>("theirs-description")->text(), QStringLiteral("theirs"));
    QVERIFY(!find<ui::ChoiceCard>("mine-name")); // only one side changed it
    QVERIFY(!find<QPushButton>("merge-save")->isEnabled());
    QTRY_VERIFY(find<ui::ChoiceCard>("mine-description")->hasFocus());
    QTest::keyClick(find<ui::ChoiceCard>("mine-description"), Qt::Key_Space);
    QVERIFY(find<ui::ChoiceCard>("mine-description")->isChecked());
    click("merge-save");
    QTRY_COMPARE(text(0, 0), QStringLiteral("Shared by two"));
    QTRY_VERIFY(notice().contains(QStringLiteral("somebody else's changes")));
    const QJsonObject record = stored(id);
    QCOMPARE(record.value(QStringLiteral("description")).toString(), QStringLiteral("mine"));
    QCOMPARE(record.value(QStringLiteral("type")).toString(), QStringLiteral("adhoc"));
    QCOMPARE(record.value(QStringLiteral("version")).toInt(), 3);
}

void TestRecordForm::serverGone_saysSoAndKeepsTheRows()
{
    create(QStringLiteral("Stays"));
    selectRow(0);
    m_server->kill9();
    click("record-new");
    type("record-name", QStringLiteral("Not lost"));
    click("record-save");
    QTRY_VERIFY(find<QLabel>("record-note")->isVisible());
    QVERIFY(find<QLabel>("record-note")->text().contains(QStringLiteral("Saving again is safe")));
    QCOMPARE(find<QLineEdit>("record-name")->text(), QStringLiteral("Not lost"));
    QCOMPARE(text(0, 0), QStringLiteral("Stays"));
    QVERIFY(m_server->restart(test::ServerProcess::Port::Same));
    m_client = std::make_unique<test::RestClient>(m_server->httpUrl());
    click("record-save");
    QTRY_COMPARE(text(0, 0), QStringLiteral("Not lost"));
}

PRISM_WIDGET_TEST(TestRecordForm)

} // namespace tst_record_form

#include "tst_record_form.moc"
