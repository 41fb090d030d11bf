#include "server/service/result_files.h"
#include "server/store/tables/false_positive_reader.h"
#include "server/store/tables/gate_reader.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

#include <QJsonArray>

namespace tst_service_false_positives {

using namespace prism;
using namespace Qt::StringLiterals;
using protocol::Check;
using protocol::CheckStatus;
using protocol::ErrorCode;
using protocol::Severity;
using service::Checks;
using service::FalsePositiveRemoval;
using service::ResultFile;
using service::ResultFiles;
using service::ViolationMark;

/// How a mark goes on with what arrives, and what follows of it.
class TestServiceFalsePositives : public QObject, test::ServiceTest
{
    Q_OBJECT

    static Check checkOf(const QString& id, const QStringList& files)
    {
        Check check;
        check.id = id;
        check.timestamp = protocol::now();
        check.project = u"web"_s;
        check.gate = u"lint"_s;
        check.status = CheckStatus::Blocked;
        for (const QString& file : files)
            check.violations.append({u"P"_s, u"Name"_s, Severity::Block, u"12 times"_s, false, {}, file});
        return check;
    }

    protocol::Result<service::StoredEntry> send(const Check& check)
    {
        service::NewEntries<Check> one;
        one.entries.push_back(service::NewEntry<Check>::of(check));
        Checks::stage(one);
        return carryOut(Checks::add, one);
    }

    /// What is told of the one check of a result file with these findings.
    QJsonValue sendFile(const QByteArray& content, const QStringList& files)
    {
        Check check = checkOf({}, files);
        check.status = files.isEmpty() ? CheckStatus::Pass : CheckStatus::Blocked;
        const ResultFile file = ResultFiles::identify(u"tap"_s, content, {check}, false, {});
        const auto stored = carryOut(&ResultFiles::add, file);
        return stored ? QJsonDocument::fromJson(stored->json)["checks"_L1][0] : QJsonValue();
    }

    bool mark(const QString& check, qint64 position, bool falsePositive = true)
    {
        return carryOut(Checks::mark, ViolationMark{check, position, falsePositive, u"no"_s, u"ana"_s})
            .has_value();
    }

    CheckStatus gateStatus()
    {
        return store::GateReader(*m_database).find({u"web"_s, u"lint"_s}).value()->status;
    }

    QList<QByteArray> remembered() { return store::FalsePositiveReader(*m_database).list({})->entries; }

private slots:
    void init() { open(); }

    void cleanup() { close(); }

    void laterCheck_isMarkedInItsAnswerItsEventAndTheTable()
    {
        QVERIFY(send(checkOf(u"a"_s, {u"x"_s, u"y"_s})));
        QVERIFY(mark(u"a"_s, 0));
        takeAnnounced();
        const auto stored = send(checkOf(u"b"_s, {u"x"_s, u"y"_s}));
        QVERIFY(stored.has_value() && stored->isNew);
        const QJsonObject told = QJsonDocument::fromJson(stored->json).object();
        QCOMPARE(told["counts"_L1]["falsePositive"_L1].toInt(), 1);
        QCOMPARE(told["counts"_L1]["block"_L1].toInt(), 1);
        QCOMPARE(told["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(takeAnnounced(), QStringList{u"gateway:check:completed"_s});
        QCOMPARE(count("violations WHERE false_positive = 1"), 2);
        QCOMPARE(count("checks WHERE false_positives = 1 AND blocks = 1"), 2);
        QCOMPARE(remembered().size(), 1);
        const QJsonObject entry = QJsonDocument::fromJson(remembered().first()).object();
        QCOMPARE(entry["by"_L1].toString(), u"ana"_s);
        QCOMPARE(entry["reason"_L1].toString(), u"no"_s);
        QCOMPARE(entry["checkId"_L1].toString(), u"a"_s);
        QCOMPARE(entry["message"_L1].toString(), u"12 times"_s);
        QCOMPARE(entry["seen"_L1].toInt(), 1);
    }

    void event_isThatOfTheMarkedCheck()
    {
        QVERIFY(send(checkOf(u"a"_s, {u"x"_s})));
        QVERIFY(mark(u"a"_s, 0));
        Check other = checkOf(u"b"_s, {u"x"_s});
        other.gate.clear();
        const auto stored = send(other);
        QCOMPARE(lastData(), QJsonDocument::fromJson(stored->json).object());
        QVERIFY(lastData()["violations"_L1][0]["falsePositive"_L1].toBool());
    }

    /// Only a tool's file has no status of its own.
    void status_isJudgedAnewForFilesAlone()
    {
        QVERIFY(send(checkOf(u"a"_s, {u"x"_s})));
        QVERIFY(mark(u"a"_s, 0));
        QVERIFY(gateStatus() == CheckStatus::Pass);
        QVERIFY(send(checkOf(u"b"_s, {u"x"_s})));
        QCOMPARE(count("checks WHERE id = 'b' AND status = 'BLOCKED' AND false_positives = 1"), 1);
        QVERIFY(gateStatus() == CheckStatus::Blocked);
        const QJsonValue told = sendFile("one", {u"x"_s});
        QCOMPARE(told["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(told["counts"_L1]["falsePositive"_L1].toInt(), 1);
        QVERIFY(gateStatus() == CheckStatus::Pass);
        QCOMPARE(sendFile("two", {u"x"_s, u"y"_s})["status"_L1].toString(), u"BLOCKED"_s);
        QVERIFY(gateStatus() == CheckStatus::Blocked);
    }

    void fileSentAgain_isToldAsItIs()
    {
        const QString id = sendFile("one", {u"x"_s})["id"_L1].toString();
        QVERIFY(mark(id, 0));
        const QJsonValue again = sendFile("one", {u"x"_s});
        QCOMPARE(again["created"_L1], QJsonValue(false));
        QCOMPARE(again["id"_L1].toString(), id);
        QCOMPARE(again["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(again["counts"_L1]["falsePositive"_L1].toInt(), 1);
    }

    void takenBackOnOneViolation_holdsForWhatArrives()
    {
        QVERIFY(send(checkOf(u"a"_s, {u"x"_s})));
        QVERIFY(mark(u"a"_s, 0));
        QVERIFY(send(checkOf(u"b"_s, {u"x"_s})));
        QVERIFY(send(checkOf(u"c"_s, {u"x"_s})));
        QVERIFY(mark(u"b"_s, 0, false));
        QVERIFY(send(checkOf(u"d"_s, {u"x"_s})));
        QCOMPARE(count("checks WHERE false_positives = 1 AND id IN ('a', 'c')"), 2);
        QCOMPARE(count("checks WHERE false_positives = 0 AND id IN ('b', 'd')"), 2);
        QCOMPARE(remembered().size(), 0);
    }

    /// One that arrived before it was marked says so as well.
    void takenBackOnOneThatIsNotMarked_isTakenBack()
    {
        QVERIFY(send(checkOf(u"a"_s, {u"x"_s})));
        QVERIFY(send(checkOf(u"b"_s, {u"x"_s})));
        QVERIFY(mark(u"b"_s, 0));
        takeAnnounced();
        QVERIFY(mark(u"a"_s, 0, false));
        QCOMPARE(takeAnnounced(), QStringList());
        QCOMPARE(remembered().size(), 0);
    }

    void takenBackById_holdsForWhatArrives()
    {
        QVERIFY(send(checkOf(u"a"_s, {u"x"_s})));
        QVERIFY(mark(u"a"_s, 0));
        const QString id = QJsonDocument::fromJson(remembered().first())["id"_L1].toString();
        takeAnnounced();
        const auto gone = carryOut(Checks::forgetFalsePositive, FalsePositiveRemoval{id});
        QVERIFY(gone.has_value());
        QCOMPARE(QJsonDocument::fromJson(gone->json)["id"_L1].toString(), id);
        QCOMPARE(carryOut(Checks::forgetFalsePositive, FalsePositiveRemoval{id}).error().code,
                 ErrorCode::NotFound);
        QCOMPARE(takeAnnounced(), QStringList());
        QVERIFY(send(checkOf(u"b"_s, {u"x"_s})));
        QCOMPARE(count("checks WHERE false_positives = 1"), 1);
    }

    void tooMany_areRefusedAndNothingIsMarked()
    {
        QVERIFY(send(checkOf(u"a"_s, {u"x"_s, u"y"_s})));
        ViolationMark mark{u"a"_s, 0, true};
        mark.mostRemembered = 1;
        QVERIFY(carryOut(Checks::mark, mark).has_value());
        takeAnnounced();
        mark.position = 1;
        QCOMPARE(carryOut(Checks::mark, mark).error().code, ErrorCode::Quota);
        QCOMPARE(count("violations WHERE false_positive = 1"), 1);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void veryManyViolations_areMarkedToo()
    {
        QStringList files;
        for (int i = 0; i < 1'500; ++i)
            files.append(QString::number(i));
        QVERIFY(send(checkOf(u"a"_s, {u"700"_s})));
        QVERIFY(mark(u"a"_s, 0));
        const auto stored = send(checkOf(u"b"_s, files));
        QVERIFY(stored.has_value());
        QCOMPARE(QJsonDocument::fromJson(stored->json)["counts"_L1]["falsePositive"_L1].toInt(), 1);
        QCOMPARE(count("violations WHERE false_positive = 1 AND file = '700'"), 2);
    }
};

PRISM_TEST(TestServiceFalsePositives)

} // namespace tst_service_false_positives

#include "tst_service_false_positives.moc"
