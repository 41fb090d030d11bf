#include "server/service/records.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

namespace tst_service_records {

using namespace prism;
using namespace Qt::StringLiterals;
using protocol::ErrorCode;
using service::NewRecord;
using service::RecordChange;
using service::RecordRemoval;
using service::Records;

namespace {

NewRecord recordNamed(const QString& name)
{
    protocol::RecordDraft draft;
    draft.name = name;
    return NewRecord::of(draft);
}

protocol::RecordPatch renaming(const QString& name, std::optional<int> version = {})
{
    protocol::RecordPatch patch;
    patch.name = name;
    patch.version = version;
    return patch;
}

} // namespace

/// How records are changed, and what is said of it.
class TestServiceRecords : public QObject, protected test::ServiceTest
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void cleanup() { close(); }

    void create_storesTheRecordAndAnnouncesIt()
    {
        const NewRecord record = recordNamed(u"a"_s);
        const auto created = carryOut(Records::create, record);
        QVERIFY(created.has_value());
        QCOMPARE(created->id, record.encoded.record.id);
        QCOMPARE(created->version, 1);
        QCOMPARE(count("records WHERE name = 'a'"), 1);
        QCOMPARE(lastData()["record"_L1].toObject(), QJsonDocument::fromJson(created->json).object());
        QCOMPARE(takeAnnounced(), QStringList{u"analytics:record:created"_s});
    }

    void create_withTakenName_isRefusedAndNothingIsAnnounced()
    {
        QVERIFY(carryOut(Records::create, recordNamed(u"a"_s)).has_value());
        takeAnnounced();
        QCOMPARE(carryOut(Records::create, recordNamed(u"a"_s)).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(count("records"), 1);
        QCOMPARE(count("events"), 1);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void createAll_announcesEachInItsOrder()
    {
        const auto created =
            carryOut(Records::createAll, std::vector{recordNamed(u"a"_s), recordNamed(u"b"_s)});
        QCOMPARE(created->json.size(), 2);
        QVERIFY(created->json[0].contains("\"a\""));
        QCOMPARE(m_log.events.size(), 2U);
        QVERIFY(m_log.events[0].message.contains("\"a\"") && m_log.events[0].seq + 1 == m_log.events[1].seq);
        QCOMPARE(count("records"), 2);
    }

    void createAll_withOneTakenName_storesAndAnnouncesNone()
    {
        const auto refused = carryOut(
            Records::createAll, std::vector{recordNamed(u"a"_s), recordNamed(u"b"_s), recordNamed(u"a"_s)});
        QCOMPARE(refused.error().code, ErrorCode::AlreadyExists);
        QVERIFY2(refused.error().details.value(0).startsWith(u"[2]: "_s),
                 qPrintable(refused.error().details.join(u'\n')));
        QCOMPARE(count("records"), 0);
        QCOMPARE(count("events"), 0);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void update_changesTheRecordAndSaysWhat()
    {
        const QString id = carryOut(Records::create, recordNamed(u"a"_s))->id;
        takeAnnounced();
        const auto updated = carryOut(Records::update, RecordChange::of(id, renaming(u"b"_s, 1)));
        QVERIFY(updated.has_value());
        QCOMPARE(updated->version, 2);
        QCOMPARE(count("records WHERE name = 'b' AND version = 2"), 1);
        QCOMPARE(lastData()["id"_L1].toString(), id);
        QCOMPARE(lastData()["updates"_L1].toObject(), (QJsonObject{{u"name"_s, u"b"_s}}));
        QCOMPARE(takeAnnounced(), QStringList{u"analytics:record:updated"_s});
    }

    void remove_takesTheRecordAwayAndAnnouncesIt()
    {
        const QString id = carryOut(Records::create, recordNamed(u"a"_s))->id;
        takeAnnounced();
        QCOMPARE(carryOut(Records::remove, RecordRemoval{id})->id, id);
        QCOMPARE(count("records"), 0);
        QCOMPARE(lastData()["id"_L1].toString(), id);
        QCOMPARE(takeAnnounced(), QStringList{u"analytics:record:deleted"_s});
    }

    void changeOfWhatIsNotThere_isRefusedAndNothingIsAnnounced_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<int>("code");
        QTest::newRow("absent") << false << int(ErrorCode::NotFound);
        QTest::newRow("another version") << true << int(ErrorCode::VersionConflict);
    }

    void changeOfWhatIsNotThere_isRefusedAndNothingIsAnnounced()
    {
        QFETCH(bool, isThere);
        QFETCH(int, code);
        const QString made = carryOut(Records::create, recordNamed(u"a"_s))->id;
        const QString id = isThere ? made : u"01900000-0000-7000-8000-000000000000"_s;
        takeAnnounced();
        const auto updated = carryOut(Records::update, RecordChange::of(id, renaming(u"b"_s, 7)));
        QCOMPARE(int(updated.error().code), code);
        if (!isThere)
            QCOMPARE(carryOut(Records::remove, RecordRemoval{id}).error().code, ErrorCode::NotFound);
        QCOMPARE(count("records WHERE name = 'a' AND version = 1"), 1);
        QCOMPARE(takeAnnounced(), QStringList());
    }
};

PRISM_TEST(TestServiceRecords)

} // namespace tst_service_records

#include "tst_service_records.moc"
