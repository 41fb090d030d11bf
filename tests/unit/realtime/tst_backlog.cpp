#include "server/realtime/backlog.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <limits>

namespace tst_backlog {

using namespace prism::realtime;
using prism::protocol::Seq;

namespace {

constexpr Seq noEnd = std::numeric_limits<Seq>::max();
constexpr qint64 manyBytes = 1'000'000;

std::vector<FramePtr> frames(Seq from, Seq to, qsizetype size = 10)
{
    std::vector<FramePtr> made;
    for (Seq seq = from; seq <= to; ++seq)
        made.push_back(std::make_shared<Frame>(Frame{seq, QString(), QString(), QByteArray(size, 'x')}));
    return made;
}

std::vector<Seq> seqs(const Backlog::Slice& slice)
{
    std::vector<Seq> list;
    for (const FramePtr& frame : slice.frames)
        list.push_back(frame->seq);
    return list;
}

} // namespace

class BacklogTest : public QObject
{
    Q_OBJECT

private slots:
    void cursor_readsWhatFollows()
    {
        Backlog backlog(5, 100, manyBytes);
        QCOMPARE(backlog.head(), Seq(5));
        backlog.append(frames(6, 9));
        QCOMPARE(backlog.head(), Seq(9));
        QCOMPARE(seqs(backlog.read(8, noEnd, manyBytes)), (std::vector<Seq>{8, 9}));
        QCOMPARE(seqs(backlog.read(6, 7, manyBytes)), (std::vector<Seq>{6, 7}));
        QVERIFY(backlog.read(10, noEnd, manyBytes).frames.empty());
        QVERIFY(!backlog.read(10, noEnd, manyBytes).fallenBehind);
    }

    void cursorBeforeTheRing_hasFallenBehind()
    {
        Backlog backlog(5, 100, manyBytes);
        backlog.append(frames(6, 9));
        QVERIFY(backlog.read(5, noEnd, manyBytes).fallenBehind);
        QVERIFY(Backlog(5, 100, manyBytes).read(3, noEnd, manyBytes).fallenBehind);
    }

    void overTheCount_theOldestGo()
    {
        Backlog backlog(0, 3, manyBytes);
        backlog.append(frames(1, 10));
        QVERIFY(backlog.read(7, noEnd, manyBytes).fallenBehind);
        QCOMPARE(seqs(backlog.read(8, noEnd, manyBytes)), (std::vector<Seq>{8, 9, 10}));
    }

    void overTheBytes_theOldestGo()
    {
        Backlog backlog(0, 100, 35);
        backlog.append(frames(1, 10));
        QVERIFY(backlog.read(7, noEnd, manyBytes).fallenBehind);
        QCOMPARE(seqs(backlog.read(8, noEnd, manyBytes)), (std::vector<Seq>{8, 9, 10}));
    }

    void slice_isBoundedByBytesButNeverEmpty()
    {
        Backlog backlog(0, 100, manyBytes);
        backlog.append(frames(1, 10));
        QCOMPARE(seqs(backlog.read(1, noEnd, 25)), (std::vector<Seq>{1, 2, 3}));
        QCOMPARE(seqs(backlog.read(1, noEnd, 1)), (std::vector<Seq>{1}));
    }

    void frameLargerThanTheRing_isReadFromTheLog()
    {
        Backlog backlog(0, 100, 5);
        backlog.append(frames(1, 1));
        QVERIFY(backlog.read(1, noEnd, manyBytes).fallenBehind);
        QCOMPARE(backlog.head(), Seq(1));
    }
};

PRISM_APPLESS_TEST(BacklogTest)

} // namespace tst_backlog

#include "tst_backlog.moc"
