#include "server/service/refusals.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <numeric>

namespace tst_refusals {

using namespace prism;
using namespace std::chrono_literals;
using protocol::ErrorCode;
using protocol::Timestamp;
using service::Refusals;
using service::Refused;

class RefusalsTest : public QObject
{
    Q_OBJECT

    static constexpr Timestamp now{1'800'000'000'000ms};

    static Refused refused(int who, ErrorCode code = ErrorCode::TokenInvalid)
    {
        const QString address = QStringLiteral("10.0.%1.%2").arg(who / 250).arg(who % 250);
        return {{}, address, address.toLatin1(), code, QStringLiteral("GET /api/v1/settings")};
    }

    static qint64 sumOf(const Refusals::Folded& folded)
    {
        return std::accumulate(folded.begin(), folded.end(), qint64(0),
                               [](qint64 sum, const auto& each) { return sum + each.second.count; });
    }

private slots:
    void sameWhoAndWhy_isOne()
    {
        Refusals refusals;
        for (int i = 0; i < 5; ++i)
            refusals.note(refused(1), now + i * 1s);
        refusals.note(refused(1, ErrorCode::NotAllowed), now);
        refusals.note(refused(2), now);
        const Refusals::Folded all = refusals.takeAll();
        QCOMPARE(all.size(), 3U);
        QCOMPARE(sumOf(all), 7);
        for (const auto& [key, entry] : all) {
            if (entry.count == 5) {
                QCOMPARE(entry.at, now);
                QCOMPARE(entry.lastAt, now + 4s);
            }
        }
    }

    void tooManyAtOnce_areOthers()
    {
        Refusals refusals;
        for (int who = 0; who < 1'000; ++who)
            refusals.note(refused(who), now);
        refusals.note(refused(0), now);
        const Refusals::Folded all = refusals.takeAll();
        QCOMPARE(all.size(), 201U);
        QCOMPARE(sumOf(all), 1'001);
        int others = 0;
        for (const auto& [key, entry] : all) {
            if (entry.address != QStringLiteral("others"))
                continue;
            ++others;
            QCOMPARE(entry.count, 800);
        }
        QCOMPARE(others, 1);
        QVERIFY(refusals.takeAll().empty());
    }

    void dueIs_aMinuteAfterTheFirst()
    {
        Refusals refusals;
        QVERIFY(refusals.takeDue(now).empty());
        refusals.note(refused(1), now);
        refusals.note(refused(2), now + 59s);
        QVERIFY(refusals.takeDue(now + 1min - 1ms).empty());
        QCOMPARE(refusals.takeDue(now + 1min).size(), 2U);
        refusals.note(refused(1), now + 2min);
        QVERIFY2(refusals.takeDue(now + 2min + 30s).empty(), "a minute begins with its first");
        QCOMPARE(refusals.takeDue(now - 1h).size(), 1U); // the clock was set back
    }

    void whatCouldNotBeWritten_isDueAgainWithWhatCame()
    {
        Refusals refusals;
        refusals.note(refused(1), now);
        refusals.note(refused(2), now);
        const Refusals::Folded failed = refusals.takeDue(now + 1min);
        refusals.note(refused(1), now + 61s);
        refusals.note(refused(3), now + 61s);
        refusals.putBack(failed);
        const Refusals::Folded all = refusals.takeDue(now + 61s);
        QCOMPARE(all.size(), 3U);
        QCOMPARE(sumOf(all), 4);
        for (const auto& [key, entry] : all) {
            QCOMPARE(entry.at, entry.address == QStringLiteral("10.0.0.3") ? now + 61s : now);
            QCOMPARE(entry.lastAt, entry.address == QStringLiteral("10.0.0.2") ? now : now + 61s);
        }
    }

    void longRequest_isCut()
    {
        Refusals refusals;
        Refused wordy = refused(1);
        wordy.request = QString(10'000, u'x');
        refusals.note(wordy, now);
        QCOMPARE(refusals.takeAll().begin()->second.subject.size(), 200);
    }
};

PRISM_APPLESS_TEST(RefusalsTest)

} // namespace tst_refusals

#include "tst_refusals.moc"
