#include "client/model/record_editor.h"
#include "client/net/api.h"
#include "tests/client/stub_server.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

namespace tst_record_editor {

using namespace prism;
using model::RecordEditor;
using model::RecordField;
using model::RecordFields;
using model::RecordMerge;
using State = model::RecordEditor::State;

/// Writing a record on a real server on which others write too.
class TestRecordEditor : public test::ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase() { startServer(); }
    void init();
    void cleanup();
    void cleanupTestCase() { stopServer(); }

    void newRecord_isStored();
    void nameTaken_isSaidOfTheName();
    void everythingWrong_isSaidFieldByField();
    void unchanged_closesWithoutAWrite();
    void change_sendsWhatChangedAndItsVersion();
    void othersChangedAnotherField_isMergedWithoutAsking();
    void othersChangedTheSameField_asksAndSavesTheChoice();
    void leavingTheConflict_keepsOnesOwnWords();
    void othersChangedAgainMeanwhile_asksAgain();
    void deletedMeanwhile_savesAsANewOne();
    void deletedWhileTheirsAreFetched_savesAsANewOne_data();
    void deletedWhileTheirsAreFetched_savesAsANewOne();
    void noAnswer_sameWordsAgain_goUnderTheSameKey();

private:
    protocol::Record create(const QByteArray& body);
    protocol::Record create();
    void othersPut(const protocol::Record& record, const QJsonObject& changes);
    QJsonObject stored(const QString& id);

    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<RecordEditor> m_editor;
    int m_number = 0;
};

namespace {

const QByteArray path("/api/v1/analytics/records");

} // namespace

void TestRecordEditor::init()
{
    m_api = std::make_unique<net::Api>(m_server->httpUrl(), net::Options());
    m_editor = std::make_unique<RecordEditor>(*m_api);
}

void TestRecordEditor::cleanup()
{
    m_editor.reset();
    m_api.reset();
}

protocol::Record TestRecordEditor::create(const QByteArray& body)
{
    const auto answer = m_client->post(path, body);
    return protocol::recordFromJson(answer.data().toObject()).value_or(protocol::Record());
}

protocol::Record TestRecordEditor::create()
{
    return create(
        "{\"type\":\"custom\",\"name\":\"record " + QByteArray::number(++m_number) +
        "\",\"description\":\"as it was\",\"config\":{\"metrics\":[\"violations\"],\"period\":\"week\"}}");
}

void TestRecordEditor::othersPut(const protocol::Record& record, const QJsonObject& changes)
{
    QCOMPARE(m_client->put(path + '/' + record.id.toLatin1(), changes).status, 200);
}

QJsonObject TestRecordEditor::stored(const QString& id)
{
    return m_client->get(path + '/' + id.toLatin1()).data().toObject();
}

void TestRecordEditor::newRecord_isStored()
{
    QSignalSpy saved(m_editor.get(), &RecordEditor::saved);
    m_editor->startNew();
    QCOMPARE(m_editor->state(), State::Editing);
    QVERIFY(m_editor->isNew());
    m_editor->save({QStringLiteral("Brand new"),
                    protocol::RecordType::Scheduled,
                    QStringLiteral("every Monday"),
                    {QStringLiteral("violationRate")},
                    protocol::Period::Month,
                    {{QStringLiteral("project"), QStringLiteral("checkout")}}});
    QCOMPARE(m_editor->state(), State::Saving);
    QTRY_COMPARE(saved.count(), 1);
    QCOMPARE(m_editor->state(), State::Closed);
    const auto record = saved[0][0].value<protocol::Record>();
    QCOMPARE(stored(record.id).value(QStringLiteral("name")).toString(), QStringLiteral("Brand new"));
    QVERIFY(RecordFields::of(record).period == protocol::Period::Month);
}

void TestRecordEditor::nameTaken_isSaidOfTheName()
{
    const protocol::Record other = create();
    m_editor->startNew();
    RecordFields fields;
    fields.name = other.name;
    m_editor->save(fields);
    QTRY_COMPARE(m_editor->state(), State::Editing);
    QCOMPARE(m_editor->error()->code, protocol::ErrorCode::AlreadyExists);
    QVERIFY(m_editor->problemOf(RecordField::Name).contains(QStringLiteral("taken")));
    QVERIFY(m_editor->problemOf(RecordField::Type).isEmpty());
    QVERIFY(m_editor->fields() == fields); // nothing of what was typed is lost
}

void TestRecordEditor::everythingWrong_isSaidFieldByField()
{
    m_editor->startNew();
    RecordFields fields;
    fields.name = QString(200, u'x');
    fields.description = QString(600, u'x');
    fields.metrics = QStringList(60, QStringLiteral("m"));
    m_editor->save(fields);
    QTRY_COMPARE(m_editor->state(), State::Editing);
    for (const RecordField field : {RecordField::Name, RecordField::Description, RecordField::Metrics})
        QVERIFY(!m_editor->problemOf(field).isEmpty());
}

void TestRecordEditor::unchanged_closesWithoutAWrite()
{
    const protocol::Record record = create();
    m_editor->edit(record);
    m_editor->save(m_editor->fields());
    QCOMPARE(m_editor->state(), State::Closed);
    QCOMPARE(stored(record.id).value(QStringLiteral("version")).toInt(), 1);
}

void TestRecordEditor::change_sendsWhatChangedAndItsVersion()
{
    const protocol::Record record = create();
    QSignalSpy saved(m_editor.get(), &RecordEditor::saved);
    m_editor->edit(record);
    RecordFields fields = m_editor->fields();
    fields.description.clear();
    m_editor->save(fields);
    QTRY_COMPARE(saved.count(), 1);
    QCOMPARE(saved[0][1].toBool(), false);
    QCOMPARE(stored(record.id).value(QStringLiteral("version")).toInt(), 2);
    QCOMPARE(stored(record.id).value(QStringLiteral("description")).toString(), QString());
}

void TestRecordEditor::othersChangedAnotherField_isMergedWithoutAsking()
{
    const protocol::Record record = create();
    QSignalSpy saved(m_editor.get(), &RecordEditor::saved);
    m_editor->edit(record);
    othersPut(record, {{QStringLiteral("description"), QStringLiteral("theirs")}});
    RecordFields fields = m_editor->fields();
    fields.metrics = {QStringLiteral("totalChecks")};
    m_editor->save(fields);
    QTRY_COMPARE(saved.count(), 1);
    QCOMPARE(saved[0][1].toBool(), true);
    const QJsonObject now = stored(record.id);
    QCOMPARE(now.value(QStringLiteral("version")).toInt(), 3);
    QCOMPARE(now.value(QStringLiteral("description")).toString(), QStringLiteral("theirs"));
    QCOMPARE(now.value(QStringLiteral("config")).toObject().value(QStringLiteral("metrics")).toArray(),
             QJsonArray{QStringLiteral("totalChecks")});
    QCOMPARE(now.value(QStringLiteral("config")).toObject().value(QStringLiteral("period")).toString(),
             QStringLiteral("week"));
}

void TestRecordEditor::othersChangedTheSameField_asksAndSavesTheChoice()
{
    const protocol::Record record = create();
    QSignalSpy saved(m_editor.get(), &RecordEditor::saved);
    m_editor->edit(record);
    othersPut(record, {{QStringLiteral("description"), QStringLiteral("theirs")},
                       {QStringLiteral("type"), QStringLiteral("adhoc")}});
    RecordFields fields = m_editor->fields();
    fields.description = QStringLiteral("mine");
    fields.name = record.name + QStringLiteral(" renamed");
    m_editor->save(fields);
    QTRY_COMPARE(m_editor->state(), State::Conflict);
    QCOMPARE(m_editor->merge()->outcome(RecordField::Description), RecordMerge::Outcome::Conflict);
    QCOMPARE(m_editor->merge()->outcome(RecordField::Name), RecordMerge::Outcome::Mine);
    QCOMPARE(m_editor->merge()->outcome(RecordField::Type), RecordMerge::Outcome::Theirs);
    m_editor->saveMerged(); // not before the choice
    QCOMPARE(m_editor->state(), State::Conflict);
    m_editor->choose(RecordField::Description, RecordMerge::Side::Mine);
    m_editor->saveMerged();
    QTRY_COMPARE(saved.count(), 1);
    const QJsonObject now = stored(record.id);
    QCOMPARE(now.value(QStringLiteral("description")).toString(), QStringLiteral("mine"));
    QCOMPARE(now.value(QStringLiteral("name")).toString(), fields.name);
    QCOMPARE(now.value(QStringLiteral("type")).toString(), QStringLiteral("adhoc"));
}

void TestRecordEditor::leavingTheConflict_keepsOnesOwnWords()
{
    const protocol::Record record = create();
    m_editor->edit(record);
    othersPut(record, {{QStringLiteral("description"), QStringLiteral("theirs")}});
    RecordFields fields = m_editor->fields();
    fields.description = QStringLiteral("mine");
    m_editor->save(fields);
    QTRY_COMPARE(m_editor->state(), State::Conflict);
    m_editor->leaveConflict();
    QCOMPARE(m_editor->state(), State::Editing);
    QVERIFY(m_editor->fields() == fields);
    m_editor->save(fields); // does not overwrite theirs unasked
    QTRY_COMPARE(m_editor->state(), State::Conflict);
    QCOMPARE(stored(record.id).value(QStringLiteral("description")).toString(), QStringLiteral("theirs"));
}

void TestRecordEditor::othersChangedAgainMeanwhile_asksAgain()
{
    const protocol::Record record = create();
    QSignalSpy saved(m_editor.get(), &RecordEditor::saved);
    m_editor->edit(record);
    othersPut(record, {{QStringLiteral("description"), QStringLiteral("theirs")}});
    RecordFields fields = m_editor->fields();
    fields.description = QStringLiteral("mine");
    m_editor->save(fields);
    QTRY_COMPARE(m_editor->state(), State::Conflict);
    m_editor->choose(RecordField::Description, RecordMerge::Side::Mine);
    othersPut(record, {{QStringLiteral("description"), QStringLiteral("theirs again")}});
    m_editor->saveMerged();
    QTRY_COMPARE(m_editor->state(), State::Conflict);
    QCOMPARE(m_editor->merge()->theirs().description, QStringLiteral("theirs again"));
    QVERIFY(!m_editor->merge()->choice(RecordField::Description));
    m_editor->choose(RecordField::Description, RecordMerge::Side::Theirs);
    m_editor->saveMerged();
    QTRY_COMPARE(m_editor->state(), State::Closed); // it is theirs already
    QCOMPARE(stored(record.id).value(QStringLiteral("version")).toInt(), 3);
    QCOMPARE(saved.count(), 0);
}

void TestRecordEditor::deletedMeanwhile_savesAsANewOne()
{
    const protocol::Record record = create();
    QSignalSpy saved(m_editor.get(), &RecordEditor::saved);
    m_editor->edit(record);
    QCOMPARE(m_client->remove(path + '/' + record.id.toLatin1()).status, 200);
    RecordFields fields = m_editor->fields();
    fields.description = QStringLiteral("mine");
    m_editor->save(fields);
    QTRY_COMPARE(m_editor->state(), State::Editing);
    QVERIFY(m_editor->wasRemoved());
    QVERIFY(m_editor->isNew());
    m_editor->save(fields);
    QTRY_COMPARE(saved.count(), 1);
    const auto again = saved[0][0].value<protocol::Record>();
    QVERIFY(again.id != record.id);
    QVERIFY(RecordFields::of(again) == fields);
}

void TestRecordEditor::deletedWhileTheirsAreFetched_savesAsANewOne_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("fetched before") << 200;
    QTest::newRow("fetched after") << 404;
}

void TestRecordEditor::deletedWhileTheirsAreFetched_savesAsANewOne()
{
    QFETCH(const int, status);
    const protocol::Record record = create();
    test::StubServer others;
    net::Api api(others.url(), net::Options());
    RecordEditor editor(api);
    others.override = [&](const test::StubRequest& request) {
        if (request.method == "PUT")
            return test::StubAnswer{409, R"({"success":false,"error":"ERR_4002","message":"changed"})"};
        // The event is faster than the answer.
        editor.noteRemoved(record.id);
        if (status == 404)
            return test::StubAnswer{404, R"({"success":false,"error":"ERR_3001","message":"gone"})"};
        const QJsonObject answer{{QLatin1String("success"), true},
                                 {QLatin1String("data"), stored(record.id)}};
        return test::StubAnswer{.body = QJsonDocument(answer).toJson()};
    };
    editor.edit(record);
    RecordFields fields = editor.fields();
    fields.description = QStringLiteral("mine");
    editor.save(fields);
    QTRY_VERIFY(editor.wasRemoved());
    QTRY_COMPARE(editor.state(), State::Editing);
    QVERIFY(editor.isNew());
    QVERIFY(!editor.merge());
    QVERIFY(editor.fields() == fields);
}

void TestRecordEditor::noAnswer_sameWordsAgain_goUnderTheSameKey()
{
    test::StubServer silent;
    QList<QByteArray> keys;
    silent.override = [&](const test::StubRequest& request) {
        keys.append(request.headers.value("idempotency-key"));
        return test::StubAnswer{.silent = true};
    };
    net::Options impatient;
    impatient.timing.requestDeadline = std::chrono::milliseconds(100);
    net::Api api(silent.url(), impatient);
    RecordEditor editor(api);
    editor.startNew();
    RecordFields fields;
    for (const char* name : {"one", "one", "another"}) {
        fields.name = QString::fromLatin1(name);
        editor.save(fields);
        QTRY_COMPARE(editor.state(), State::Editing);
        QCOMPARE(editor.error()->code, protocol::ErrorCode::Unavailable);
    }
    QCOMPARE(keys.size(), 3);
    QVERIFY(!keys[0].isEmpty());
    QCOMPARE(keys[1], keys[0]);
    QVERIFY(keys[2] != keys[0]);
}

PRISM_TEST(TestRecordEditor)

} // namespace tst_record_editor

#include "tst_record_editor.moc"
