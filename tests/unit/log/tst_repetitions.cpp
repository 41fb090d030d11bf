#include "server/log/repetitions.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_repetitions {

using namespace prism;
using namespace prism::log;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class RepetitionsTest : public QObject
{
    Q_OBJECT

    static Entry entry(const QString& message, std::chrono::milliseconds at, QtMsgType type = QtWarningMsg)
    {
        return {type, "prism.test", message, protocol::Timestamp(at)};
    }

    Repetitions m_repetitions;
    QList<Entry> m_over;

    int admitted(int times, const QString& message, std::chrono::milliseconds at,
                 QtMsgType type = QtWarningMsg)
    {
        int count = 0;
        for (int i = 0; i < times; ++i)
            count += int(m_repetitions.admit(entry(message.arg(i * i), at, type), m_over));
        return count;
    }

private slots:
    void init()
    {
        m_repetitions = {};
        m_over.clear();
    }

    void alike_theFirstAreWrittenAndTheOthersCounted()
    {
        QCOMPARE(admitted(Repetitions::written + 7, u"session %1 is slow"_s, 1000ms), Repetitions::written);
        QVERIFY(m_repetitions.isCounting());
        QVERIFY(m_repetitions.takeOver(protocol::Timestamp(60'999ms)).isEmpty());
        const QList<Entry> told = m_repetitions.takeOver(protocol::Timestamp(61'000ms));
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.first().message, u"7 more like this, the last: session 121 is slow"_s);
        QVERIFY(!m_repetitions.isCounting());
    }

    void exactlyAsManyAsAreWritten_nothingIsCounted()
    {
        QCOMPARE(admitted(Repetitions::written, u"session %1 is slow"_s, 0ms), Repetitions::written);
        QVERIFY(!m_repetitions.isCounting());
        QVERIFY(m_repetitions.takeAll().isEmpty());
    }

    void aMinuteLater_begunAnewAndToldBefore()
    {
        admitted(Repetitions::written + 1, u"session %1 is slow"_s, 0ms);
        QVERIFY(m_repetitions.admit(entry(u"session 9 is slow"_s, 60'000ms), m_over));
        QCOMPARE(m_over.size(), 1);
        QCOMPARE(m_over.first().message, u"1 more like this, the last: session 25 is slow"_s);
    }

    void clockSetBack_isNoEndlessMinute()
    {
        admitted(Repetitions::written + 1, u"session %1 is slow"_s, 3'600'000ms);
        QCOMPARE(m_repetitions.takeOver(protocol::Timestamp(0ms)).size(), 1);
    }

    void otherWordsLevelOrCategory_areNotAlike()
    {
        admitted(Repetitions::written, u"session %1 is slow"_s, 0ms);
        QVERIFY(m_repetitions.admit(entry(u"stream 1 is slow"_s, 0ms), m_over));
        QVERIFY(m_repetitions.admit(entry(u"session 1 is slow"_s, 0ms, QtInfoMsg), m_over));
        Entry elsewhere = entry(u"session 1 is slow"_s, 0ms);
        elsewhere.category = "prism.other";
        QVERIFY(m_repetitions.admit(elsewhere, m_over));
    }

    void debugEntries_areAlwaysWritten()
    {
        QCOMPARE(admitted(50, u"request %1"_s, 0ms, QtDebugMsg), 50);
        QVERIFY(!m_repetitions.isCounting());
    }

    void moreKindsThanAreToldApart_theOldestIsGivenUpAndTold()
    {
        admitted(Repetitions::written + 2, u"the oldest"_s, 0ms);
        for (int kind = 1; kind <= Repetitions::mostKinds; ++kind)
            QVERIFY(m_repetitions.admit(entry(QString(kind, u'x'), std::chrono::milliseconds(kind)), m_over));
        QCOMPARE(m_over.size(), 1);
        QCOMPARE(m_over.first().message, u"2 more like this, the last: the oldest"_s);
    }
};

PRISM_APPLESS_TEST(RepetitionsTest)

} // namespace tst_repetitions

#include "tst_repetitions.moc"
