#include "client/model/workspace.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

namespace tst_records_model {

using namespace prism;
using namespace std::chrono_literals;
using model::RecordsModel;
using model::RecordsQuestion;

/// The list of records against a real server that others write to.
class TestRecordsModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void notLookedAt_fetchesNothing();
    void pages_followEachOtherWithoutGapOrRepeat();
    void search_findsInNamesAndDescriptions();
    void typeAndOrder_areTheServers();
    void othersCreation_appearsAndKeepsWhatIsSelected();
    void othersChange_isShownInPlace();
    void othersDeletion_leavesAtOnce();
    void deletion_whileAListIsUnderWay_isNotUndoneByIt();
    void manyChangesAtOnce_endAtWhatTheServerHas();
    void lastPageEmptied_goesToTheOneBefore();
    void serverGone_keepsTheRowsAndSaysSo();

private:
    QString create(const QString& name, const QString& type = QStringLiteral("custom"),
                   const QString& description = {});
    void createMany(int count);
    QStringList names() const;
    RecordsModel& records() { return m_workspace->records(); }

    std::unique_ptr<test::ServerProcess> m_server;
    std::unique_ptr<test::RestClient> m_others;
    std::unique_ptr<model::Workspace> m_workspace;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

const QByteArray path("/api/v1/analytics/records");

} // namespace

void TestRecordsModel::init()
{
    m_server = std::make_unique<test::ServerProcess>();
    QVERIFY(m_server->start());
    m_others = std::make_unique<test::RestClient>(m_server->httpUrl());
    net::Options options;
    options.timing.firstRetry = 50ms;
    options.timing.grace = 100ms;
    m_workspace = std::make_unique<model::Workspace>(m_server->httpUrl(), protocol::Period::Week, options);
    m_tester = std::make_unique<QAbstractItemModelTester>(&records());
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
}

void TestRecordsModel::cleanup()
{
    m_tester.reset();
    m_workspace.reset();
    m_others.reset();
    m_server.reset();
}

QString TestRecordsModel::create(const QString& name, const QString& type, const QString& description)
{
    QJsonObject body{{QStringLiteral("type"), type}, {QStringLiteral("name"), name}};
    if (!description.isEmpty())
        body.insert(QStringLiteral("description"), description);
    return m_others->post(path, body).data()[QStringLiteral("id")].toString();
}

void TestRecordsModel::createMany(int count)
{
    QJsonArray list;
    for (int i = 1; i <= count; ++i)
        list.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("custom")},
                                {QStringLiteral("name"), QStringLiteral("record %1").arg(i)}});
    QCOMPARE(m_others->post(path + "/batch", list).status, 201);
}

QStringList TestRecordsModel::names() const
{
    QStringList names;
    const RecordsModel& records = m_workspace->records();
    for (int row = 0; row < records.rowCount(); ++row)
        names.append(records.record(row).name);
    return names;
}

void TestRecordsModel::notLookedAt_fetchesNothing()
{
    const QSignalSpy changed(&records(), &RecordsModel::changed);
    create(QStringLiteral("unseen"));
    QTRY_COMPARE(m_workspace->activity().rowCount(), 1);
    QCOMPARE(records().rowCount(), 0);
    QCOMPARE(changed.count(), 0);
    records().setActive(true);
    QVERIFY(records().isLoading());
    QTRY_COMPARE(names(), QStringList(QStringLiteral("unseen")));
    QVERIFY(!records().isLoading());
}

void TestRecordsModel::pages_followEachOtherWithoutGapOrRepeat()
{
    createMany(RecordsModel::pageSize * 2 + 7);
    records().setActive(true);
    QTRY_VERIFY(records().isShown());
    QCOMPARE(records().total(), RecordsModel::pageSize * 2 + 7);
    QStringList all = names();
    while (records().hasNext()) {
        records().setPage(records().query().page + 1);
        QTRY_VERIFY(records().isShown());
        all += names();
    }
    QCOMPARE(records().query().page, 3);
    QCOMPARE(all.size(), RecordsModel::pageSize * 2 + 7);
    QCOMPARE(all.removeDuplicates(), 0);
}

void TestRecordsModel::search_findsInNamesAndDescriptions()
{
    create(QStringLiteral("Checkout 50% + more"));
    create(QStringLiteral("Weekly"), QStringLiteral("custom"), QStringLiteral("for the CHECKOUT team"));
    create(QStringLiteral("Something else"));
    records().setActive(true);
    QTRY_COMPARE(records().rowCount(), 3);
    records().setSearch(QStringLiteral("c"));
    records().setSearch(QStringLiteral("checkout"));
    QTRY_COMPARE(records().rowCount(), 2);
    QVERIFY(!records().total()); // the server does not count what is searched for
    records().setSearch(QStringLiteral("50% + more"));
    QTRY_COMPARE(names(), QStringList(QStringLiteral("Checkout 50% + more")));
    records().setSearch({});
    QTRY_COMPARE(records().rowCount(), 3);
}

void TestRecordsModel::typeAndOrder_areTheServers()
{
    create(QStringLiteral("b"), QStringLiteral("custom"));
    create(QStringLiteral("c"), QStringLiteral("adhoc"));
    create(QStringLiteral("a"), QStringLiteral("custom"));
    records().setActive(true);
    const auto are = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    QTRY_COMPARE(names(), are("a c b"));
    records().setOrder(RecordsQuestion::Order::Name, true);
    QTRY_COMPARE(names(), are("a b c"));
    records().setOrder(RecordsQuestion::Order::Name, false);
    QTRY_COMPARE(names(), are("c b a"));
    records().setType(protocol::RecordType::Custom);
    QTRY_COMPARE(names(), are("b a"));
    QCOMPARE(records().total(), 2);
}

void TestRecordsModel::othersCreation_appearsAndKeepsWhatIsSelected()
{
    create(QStringLiteral("first"));
    create(QStringLiteral("second"));
    records().setActive(true);
    QTRY_COMPARE(records().rowCount(), 2);
    const QPersistentModelIndex selected(records().index(1, 0));
    const QSignalSpy reset(&records(), &QAbstractItemModel::modelReset);
    create(QStringLiteral("third"));
    QTRY_COMPARE(names(),
                 (QStringList{QStringLiteral("third"), QStringLiteral("second"), QStringLiteral("first")}));
    QVERIFY(selected.isValid());
    QCOMPARE(selected.row(), 2);
    QCOMPARE(selected.data().toString(), QStringLiteral("first"));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(records().total(), 3);
}

void TestRecordsModel::othersChange_isShownInPlace()
{
    const QString id = create(QStringLiteral("before"));
    create(QStringLiteral("other"));
    records().setActive(true);
    QTRY_COMPARE(records().rowCount(), 2);
    QCOMPARE(
        m_others
            ->put(path + '/' + id.toLatin1(), QJsonObject{{QStringLiteral("name"), QStringLiteral("after")}})
            .status,
        200);
    QTRY_COMPARE(records().record(1).name, QStringLiteral("after"));
    QCOMPARE(records().record(1).version, 2);
}

void TestRecordsModel::othersDeletion_leavesAtOnce()
{
    const QString id = create(QStringLiteral("gone soon"));
    create(QStringLiteral("stays"));
    records().setActive(true);
    QTRY_COMPARE(records().rowCount(), 2);
    QCOMPARE(m_others->remove(path + '/' + id.toLatin1()).status, 200);
    QTRY_COMPARE(names(), QStringList(QStringLiteral("stays")));
    QTRY_COMPARE(records().total(), 1);
}

/// The list that was asked for before may have it still.
void TestRecordsModel::deletion_whileAListIsUnderWay_isNotUndoneByIt()
{
    const auto record = [](const QString& id) {
        return QJsonObject{{QStringLiteral("id"), id},
                           {QStringLiteral("name"), id},
                           {QStringLiteral("type"), QStringLiteral("custom")},
                           {QStringLiteral("createdAt"), QStringLiteral("2026-02-02T00:00:00.000Z")},
                           {QStringLiteral("updatedAt"), QStringLiteral("2026-02-02T00:00:00.000Z")},
                           {QStringLiteral("version"), 1}};
    };
    const QJsonArray before{record(QStringLiteral("gone")), record(QStringLiteral("stays"))};
    test::StubServer server;
    server.override = [&](const test::StubRequest&) {
        return test::StubAnswer{
            .body = protocol::successEnvelope(before, QStringLiteral("1"), protocol::now()), .late = true};
    };
    net::Api api(server.url(), net::Options());
    RecordsModel model(api, net::Options());
    const QAbstractItemModelTester tester(&model);
    model.setActive(true);
    QTRY_COMPARE(server.late(), 1);
    model.noteEvents({{QString(protocol::event_type::recordDeleted),
                       1,
                       {{QStringLiteral("id"), QStringLiteral("gone")},
                        {QStringLiteral("timestamp"), protocol::toIso(protocol::now())}},
                       protocol::now()}});
    server.sendLate();
    QTRY_VERIFY(model.isShown());
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.record(0).name, QStringLiteral("stays"));
}

void TestRecordsModel::manyChangesAtOnce_endAtWhatTheServerHas()
{
    createMany(20);
    records().setActive(true);
    QTRY_COMPARE(records().rowCount(), 20);
    records().setOrder(RecordsQuestion::Order::UpdatedAt, false);
    QTRY_VERIFY(records().isShown());
    const QByteArray oldest = records().record(19).id.toLatin1();
    for (int i = 0; i < 10; ++i) {
        const QByteArray id = records().record(i).id.toLatin1();
        m_others->put(path + '/' + id,
                      QJsonObject{{QStringLiteral("name"), QStringLiteral("changed %1").arg(i)}});
    }
    m_others->remove(path + '/' + oldest);
    create(QStringLiteral("the newest"));
    QStringList expected;
    const auto list = m_others->get(path + "?limit=50&sortBy=updatedAt&sortOrder=desc").data().toArray();
    for (const auto& record : list)
        expected.append(record[QStringLiteral("name")].toString());
    QCOMPARE(expected.size(), 20);
    QTRY_COMPARE(names(), expected);
}

void TestRecordsModel::lastPageEmptied_goesToTheOneBefore()
{
    createMany(RecordsModel::pageSize);
    const QString id = create(QStringLiteral("a first one")); // the newest: the second page holds "record 1"
    records().setActive(true);
    QTRY_VERIFY(records().isShown());
    records().setPage(2);
    QTRY_COMPARE(names(), QStringList(QStringLiteral("record 1")));
    QCOMPARE(m_others->remove(path + '/' + id.toLatin1()).status, 200);
    QTRY_COMPARE(records().query().page, 1);
    QTRY_COMPARE(records().rowCount(), RecordsModel::pageSize);
}

void TestRecordsModel::serverGone_keepsTheRowsAndSaysSo()
{
    create(QStringLiteral("stays"));
    records().setActive(true);
    QTRY_COMPARE(records().rowCount(), 1);
    m_server->kill9();
    records().refresh();
    QTRY_VERIFY(records().lastError());
    QCOMPARE(records().lastError()->code, protocol::ErrorCode::Unavailable);
    QCOMPARE(names(), QStringList(QStringLiteral("stays")));
    QVERIFY(m_server->restart(test::ServerProcess::Port::Same));
    QTRY_VERIFY_WITH_TIMEOUT(!records().lastError(), 10'000);
    QCOMPARE(names(), QStringList(QStringLiteral("stays")));
}

PRISM_TEST(TestRecordsModel)

} // namespace tst_records_model

#include "tst_records_model.moc"
