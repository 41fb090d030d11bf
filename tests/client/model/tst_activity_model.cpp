#include "client/model/activity_model.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

namespace tst_activity_model {

using namespace prism;
using namespace std::chrono_literals;
using model::ActivityEntry;
using model::ActivityKind;
using model::ActivityModel;
using model::ActivityStatus;
using protocol::Event;
using protocol::Seq;

class TestActivityModel : public QObject
{
    Q_OBJECT

private slots:
    void fromEvent_readsWhatAPersonFollows_data();
    void fromEvent_readsWhatAPersonFollows();
    void fromEvent_ofWhatCameLate_hasItsOwnTime_data();
    void fromEvent_ofWhatCameLate_hasItsOwnTime();
    void append_ofOne_showsItInTheNextTurn();
    void append_ofABurst_insertsBatchesNotRows();
    void append_ofAFlood_waitsForMoreAtOnce();
    void append_ofWhatIsThere_isPassedOver();
    void append_beyondCapacity_keepsTheNewest();
    void folded_countsTheBurst();
    void replace_showsHistoryAndWhatCameMeanwhile();
    void replace_afterAnotherEpoch_forgetsTheOldOrder();
    void recordThatWasDeleted_hasItsNewestName_data();
    void recordThatWasDeleted_hasItsNewestName();
    void hold_keepsTheRows();
    void data_isRaw();

private:
    static Event event(Seq seq);
    static Event recordEvent(Seq seq, const QString& name);
    static QList<Event> events(Seq first, Seq last);
    static QList<Seq> seqs(const ActivityModel& model);
};

namespace {

const protocol::Timestamp start = protocol::fromMillis(1'770'000'000'000);

QJsonObject parsed(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

Event TestActivityModel::event(Seq seq)
{
    return {protocol::event_type::checkCompleted, seq,
            parsed(R"({"id":"c","status":"BLOCKED","duration":12.5,"project":"web","violations":[{},{}]})"),
            start + std::chrono::milliseconds(seq)};
}

/// Of the record "r", which the event deletes where it has no name.
Event TestActivityModel::recordEvent(Seq seq, const QString& name)
{
    const QJsonObject record{{QStringLiteral("id"), QStringLiteral("r")}, {QStringLiteral("name"), name}};
    if (name.isEmpty())
        return {protocol::event_type::recordDeleted, seq, record, start};
    return {protocol::event_type::recordUpdated,
            seq,
            {{QStringLiteral("id"), QStringLiteral("r")}, {QStringLiteral("record"), record}},
            start};
}

QList<Event> TestActivityModel::events(Seq first, Seq last)
{
    QList<Event> list;
    for (Seq seq = first; seq <= last; ++seq)
        list.append(event(seq));
    return list;
}

QList<Seq> TestActivityModel::seqs(const ActivityModel& model)
{
    QList<Seq> list;
    for (int row = 0; row < model.rowCount(); ++row)
        list.append(model.entry(row).seq);
    return list;
}

void TestActivityModel::fromEvent_readsWhatAPersonFollows_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<ActivityKind>("kind");
    QTest::addColumn<ActivityStatus>("status");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<double>("duration"); // -1: none
    QTest::addColumn<int>("violations");

    const auto row = [](const char* name, const char* type, const char* data, ActivityKind kind,
                        ActivityStatus status, const char* subject, double duration = -1,
                        int violations = 0) {
        QTest::newRow(name) << QString::fromLatin1(type) << QByteArray(data) << kind << status
                            << QString::fromLatin1(subject) << duration << violations;
    };
    row("record created", "analytics:record:created", R"({"record":{"id":"1","name":"Weekly"}})",
        ActivityKind::RecordCreated, ActivityStatus::Info, "Weekly");
    row("record updated", "analytics:record:updated", R"({"id":"1","record":{"name":"Daily"},"updates":{}})",
        ActivityKind::RecordUpdated, ActivityStatus::Info, "Daily");
    row("record deleted", "analytics:record:deleted", R"({"id":"1"})", ActivityKind::RecordDeleted,
        ActivityStatus::Info, "");
    row("check passed", "gateway:check:completed",
        R"({"id":"c","status":"PASS","duration":3,"project":"web"})", ActivityKind::CheckCompleted,
        ActivityStatus::Pass, "web", 3);
    row("check warned", "gateway:check:completed", R"({"id":"c","status":"WARNING","violations":[{}]})",
        ActivityKind::CheckCompleted, ActivityStatus::Warning, "", -1, 1);
    row("check blocked", "gateway:check:completed",
        R"({"status":"BLOCKED","user":"ann","violations":[{},{}]})", ActivityKind::CheckCompleted,
        ActivityStatus::Blocked, "ann", -1, 2);
    row("check of many violations", "gateway:check:completed",
        R"({"status":"BLOCKED","user":"ann","violations":[{}],"counts":{"block":40,"warning":2,"info":1,
            "falsePositive":5}})",
        ActivityKind::CheckCompleted, ActivityStatus::Blocked, "ann", -1, 43);
    row("retro", "retro:created", R"({"retro":{"id":"r","project":"web","duration":60000}})",
        ActivityKind::RetroCreated, ActivityStatus::Info, "web", 60'000);
    row("alert", "alert", R"({"id":"a","message":"Checks are slow"})", ActivityKind::Alert,
        ActivityStatus::Info, "Checks are slow");
    row("settings", "settings:updated", R"({"settings":{}})", ActivityKind::SettingsUpdated,
        ActivityStatus::Info, "");
    row("principles", "principles:updated", R"({"version":2})", ActivityKind::PrinciplesUpdated,
        ActivityStatus::Info, "");
    row("unknown type", "something:new", R"({"id":"7"})", ActivityKind::Other, ActivityStatus::Info, "");
}

void TestActivityModel::fromEvent_readsWhatAPersonFollows()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, data);
    const ActivityEntry entry = ActivityEntry::fromEvent({type, 9, parsed(data.constData()), start});
    QCOMPARE(entry.seq, 9);
    QCOMPARE(entry.time, start);
    QCOMPARE(entry.type, type);
    QTEST(entry.kind, "kind");
    QTEST(entry.status, "status");
    QTEST(entry.subject, "subject");
    QTEST(entry.duration.value_or(-1), "duration");
    QTEST(entry.violations, "violations");
}

void TestActivityModel::fromEvent_ofWhatCameLate_hasItsOwnTime_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("isOwn");
    const QByteArray late = R"({"id":"x","timestamp":"2026-02-01T08:00:00.000Z"})";
    QTest::newRow("check") << "gateway:check:completed" << late << true;
    QTest::newRow("retro") << "retro:created"
                           << "{\"retro\":" + late + "}" << true;
    QTest::newRow("retro, bare") << "retro:created" << late << true;
    QTest::newRow("mark, which is made now") << "gateway:check:updated"
                                             << "{\"check\":" + late + "}" << false;
    QTest::newRow("check without a time")
        << "gateway:check:completed" << QByteArray(R"({"id":"x","timestamp":"soon"})") << false;
}

void TestActivityModel::fromEvent_ofWhatCameLate_hasItsOwnTime()
{
    QFETCH(const QString, type);
    QFETCH(const QByteArray, data);
    QFETCH(const bool, isOwn);
    const protocol::Event event{type, 9, parsed(data.constData()), start};
    const ActivityEntry entry = ActivityEntry::fromEvent(event);
    QCOMPARE(entry.time, isOwn ? *protocol::fromIso(u"2026-02-01T08:00:00Z") : start);
    QVERIFY(entry.toEvent() == event);
}

void TestActivityModel::append_ofOne_showsItInTheNextTurn()
{
    ActivityModel model({});
    QAbstractItemModelTester tester(&model);
    model.append({event(1)});
    QCoreApplication::processEvents();
    QTRY_COMPARE_WITH_TIMEOUT(seqs(model), QList<Seq>{1}, 100);
    QCOMPARE(model.folded(), 0);
}

void TestActivityModel::append_ofABurst_insertsBatchesNotRows()
{
    net::Options options;
    auto now = 0ms;
    options.clock.elapsed = [&now] { return now; };
    ActivityModel model(options);
    QAbstractItemModelTester tester(&model);
    QSignalSpy inserted(&model, &ActivityModel::rowsInserted);
    for (Seq seq = 1; seq <= 1'000; ++seq)
        model.append({event(seq)});
    QTRY_COMPARE(model.rowCount(), 1'000);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.entry(0).seq, 1'000);
    QCOMPARE(model.entry(999).seq, 1);
    // The clock stands still, so the next one has to wait for its turn.
    model.append({event(1'001)});
    model.append({event(1'002)});
    QTRY_COMPARE(model.rowCount(), 1'002);
    QCOMPARE(inserted.size(), 2);
}

/// More than anybody can read is shown a few times a second; as soon as it is calm, each at once again.
void TestActivityModel::append_ofAFlood_waitsForMoreAtOnce()
{
    net::Options options;
    options.timing.flushGap = 50ms;
    auto now = 0ms;
    options.clock.elapsed = [&now] { return now; };
    ActivityModel model(options);
    QSignalSpy inserted(&model, &ActivityModel::rowsInserted);
    model.append(events(1, 20));
    QTRY_COMPARE(inserted.size(), 1);
    QElapsedTimer wait;
    wait.start();
    model.append({event(21)});
    QTRY_COMPARE(inserted.size(), 2);
    QVERIFY2(wait.elapsed() >= 6 * 50 - 1, qPrintable(QString::number(wait.elapsed())));
    now = 50ms; // its usual turn
    model.append(events(22, 40));
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(inserted.size(), 3);
    now = 100ms; // one fewer than a flood
    model.append({event(41)});
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(inserted.size(), 4);
}

void TestActivityModel::append_ofWhatIsThere_isPassedOver()
{
    ActivityModel model({});
    QAbstractItemModelTester tester(&model);
    model.append(events(1, 3));
    QTRY_COMPARE(model.rowCount(), 3);
    model.append(events(2, 4));
    QTRY_COMPARE(seqs(model), (QList<Seq>{4, 3, 2, 1}));
}

void TestActivityModel::append_beyondCapacity_keepsTheNewest()
{
    ActivityModel model({}, nullptr, 5);
    QAbstractItemModelTester tester(&model);
    model.append(events(1, 4));
    QTRY_COMPARE(model.rowCount(), 4);
    model.append(events(5, 7));
    QTRY_COMPARE(seqs(model), (QList<Seq>{7, 6, 5, 4, 3}));
    model.append(events(8, 100));
    QTRY_COMPARE(seqs(model), (QList<Seq>{100, 99, 98, 97, 96}));
}

void TestActivityModel::folded_countsTheBurst()
{
    ActivityModel model({});
    QSignalSpy changes(&model, &ActivityModel::foldedChanged);
    model.append(events(1, 10));
    QTRY_COMPARE(model.folded(), 9);
    model.append(events(11, 12));
    QTRY_COMPARE(model.folded(), 10);
    QCOMPARE(changes.size(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(model.folded(), 0, 8'000);
}

void TestActivityModel::replace_showsHistoryAndWhatCameMeanwhile()
{
    ActivityModel model({});
    QAbstractItemModelTester tester(&model);
    model.hold();
    model.append(events(4, 6));
    model.replace(events(1, 5)); // the answer had seen two of the live ones already
    QCOMPARE(seqs(model), (QList<Seq>{6, 5, 4, 3, 2, 1}));
    model.append({event(7)});
    QTRY_COMPARE(model.entry(0).seq, 7);
}

void TestActivityModel::replace_afterAnotherEpoch_forgetsTheOldOrder()
{
    ActivityModel model({});
    QAbstractItemModelTester tester(&model);
    model.append(events(1, 50));
    QTRY_COMPARE(model.rowCount(), 50);
    model.hold();
    model.append({event(3)});
    model.replace(events(1, 2));
    QCOMPARE(seqs(model), (QList<Seq>{3, 2, 1}));
}

void TestActivityModel::recordThatWasDeleted_hasItsNewestName_data()
{
    QTest::addColumn<QList<Seq>>("history");
    QTest::addColumn<QList<Seq>>("live");
    QTest::addColumn<QList<QList<Seq>>>("older");
    using Seqs = QList<Seq>;
    QTest::newRow("older events come last") << Seqs{11, 12} << Seqs{20} << QList<Seqs>{{1, 2}};
    QTest::newRow("its name is older than it") << Seqs{20} << Seqs{} << QList<Seqs>{{12}, {1, 2}};
    QTest::newRow("all of it is older") << Seqs{25} << Seqs{} << QList<Seqs>{{1, 2, 11, 12, 20}};
    QTest::newRow("live ones come again") << Seqs{1, 2, 11, 12} << Seqs{2, 11, 20} << QList<Seqs>{};
}

void TestActivityModel::recordThatWasDeleted_hasItsNewestName()
{
    QFETCH(const QList<Seq>, history);
    QFETCH(const QList<Seq>, live);
    QFETCH(const QList<QList<Seq>>, older);
    constexpr Seq deletion = 20;
    const auto eventsOf = [](const QList<Seq>& seqs) {
        QList<Event> list;
        for (const Seq seq : seqs)
            list.append(
                seq > deletion
                    ? event(seq)
                    : recordEvent(seq, seq == deletion ? QString() : QStringLiteral("name %1").arg(seq)));
        return list;
    };
    ActivityModel model({});
    QAbstractItemModelTester tester(&model);
    model.replace(eventsOf(history));
    for (const QList<Seq>& page : older)
        model.extend(eventsOf(page));
    model.append(eventsOf(live));
    const auto deleted = [&model] {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.entry(row).kind == ActivityKind::RecordDeleted)
                return model.entry(row).subject;
        }
        return QString();
    };
    QTRY_COMPARE(deleted(), QStringLiteral("name 12"));
}

void TestActivityModel::hold_keepsTheRows()
{
    ActivityModel model({});
    model.append(events(1, 2));
    QTRY_COMPARE(model.rowCount(), 2);
    QSignalSpy removed(&model, &ActivityModel::rowsRemoved);
    QSignalSpy reset(&model, &ActivityModel::modelReset);
    model.append({event(3)});
    model.hold();
    model.append({event(4)});
    QVERIFY(!reset.wait(60));
    QCOMPARE(seqs(model), (QList<Seq>{2, 1}));
    QVERIFY(removed.isEmpty());
}

void TestActivityModel::data_isRaw()
{
    ActivityModel model({});
    model.append({event(5)});
    QTRY_COMPARE(model.rowCount(), 1);
    const QModelIndex index = model.index(0, ActivityModel::DetailColumn);
    QCOMPARE(index.data().toString(), QStringLiteral("web"));
    QCOMPARE(model.index(0, ActivityModel::StatusColumn).data().toString(), QStringLiteral("BLOCKED"));
    QCOMPARE(index.data(ActivityModel::SeqRole).toLongLong(), 5);
    QCOMPARE(index.data(ActivityModel::TimeRole).toDateTime().toMSecsSinceEpoch(), 1'770'000'000'005);
    QCOMPARE(index.data(ActivityModel::KindRole).value<ActivityKind>(), ActivityKind::CheckCompleted);
    QCOMPARE(index.data(ActivityModel::StatusRole).value<ActivityStatus>(), ActivityStatus::Blocked);
    QCOMPARE(index.data(ActivityModel::DurationRole).toDouble(), 12.5);
    QCOMPARE(index.data(ActivityModel::ViolationsRole).toInt(), 2);
    QCOMPARE(index.data(ActivityModel::DataRole).toJsonObject(), event(5).data);
    QVERIFY(!index.data(Qt::ToolTipRole).isValid());
}

PRISM_TEST(TestActivityModel)

} // namespace tst_activity_model

#include "tst_activity_model.moc"
