#include "server/realtime/frame_reader.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_frame_reader {

using namespace prism::realtime;
using prism::protocol::Seq;
using namespace Qt::StringLiterals;

namespace {

FramePtr frameOf(Seq seq)
{
    return std::make_shared<const Frame>(
        Frame{seq, u"retro:created"_s, {}, textFrame(QByteArray::number(seq))});
}

/// Events 1 to 10, of which the backlog has the last `kept`.
std::unique_ptr<Backlog> filled(std::size_t kept)
{
    auto backlog = std::make_unique<Backlog>(0, kept, 1'000'000);
    std::vector<FramePtr> frames;
    for (Seq seq = 1; seq <= 10; ++seq)
        frames.push_back(frameOf(seq));
    backlog->append(frames);
    return backlog;
}

/// The log, which has all of them from `oldest` on.
EventSource logFrom(Seq oldest)
{
    return [oldest](Seq from, Seq to, qint64) -> prism::protocol::Result<std::vector<FramePtr>> {
        std::vector<FramePtr> frames;
        for (Seq seq = std::max(from, oldest); seq <= std::min<Seq>(to, 10); ++seq)
            frames.push_back(frameOf(seq));
        return frames;
    };
}

} // namespace

/// Stretches of events, which the sessions of a thread share.
class FrameReaderTest : public QObject
{
    Q_OBJECT

    static QList<Seq> seqsOf(FrameReader& reader, Seq from, Seq to)
    {
        const auto stretch = reader.read(from, to);
        QList<Seq> seqs;
        for (const FramePtr& frame : stretch ? (*stretch)->frames : std::vector<FramePtr>())
            seqs.append(frame->seq);
        return seqs;
    }

    static QList<Seq> range(Seq from, Seq to)
    {
        QList<Seq> seqs;
        for (Seq seq = from; seq <= to; ++seq)
            seqs.append(seq);
        return seqs;
    }

private slots:
    /// Whoever read last, and to which end, is nobody else's business.
    void readersWithOtherEnds_getTheirOwn_data()
    {
        QTest::addColumn<int>("kept");
        QTest::newRow("from the backlog") << 100;
        QTest::newRow("from the log") << 1;
    }

    void readersWithOtherEnds_getTheirOwn()
    {
        QFETCH(const int, kept);
        const auto backlog = filled(std::size_t(kept));
        FrameReader reader(*backlog, logFrom(1), u"e"_s, 1'000'000);
        for (const Seq first : {10, 9, 3}) {
            for (const Seq second : {3, 4, 9, 10}) {
                QCOMPARE(seqsOf(reader, 1, 1), range(1, 1));
                QCOMPARE(seqsOf(reader, 3, first), range(3, first));
                const QList<Seq> got = seqsOf(reader, 3, second);
                QVERIFY(!got.isEmpty());
                QCOMPARE(got, range(3, std::min(second, got.last())));
                const auto stretch = reader.read(3, second);
                QByteArray expected;
                for (const Seq seq : got)
                    expected += textFrame(QByteArray::number(seq));
                QCOMPARE(reader.joined(**stretch, Encoding::WebSocket), expected);
            }
        }
    }

    void whatIsNotKept_isNotFound()
    {
        const auto backlog = filled(2);
        FrameReader reader(*backlog, logFrom(4), u"e"_s, 1'000'000);
        QVERIFY(!reader.read(3, 10).has_value());
        QCOMPARE(seqsOf(reader, 4, 10), range(4, 10));
        QCOMPARE(seqsOf(reader, 10, 10), range(10, 10));
    }

    void streamEvents_haveTheirPositions()
    {
        const auto backlog = filled(100);
        FrameReader reader(*backlog, logFrom(1), u"e"_s, 1'000'000);
        const auto stretch = reader.read(9, 10);
        QCOMPARE(reader.joined(**stretch, Encoding::EventStream),
                 "id: e:9\ndata: 9\n\nid: e:10\ndata: 10\n\n"_ba);
        QCOMPARE(reader.joined(**stretch, Encoding::WebSocket), "\x81\x01"
                                                                "9\x81\x02"
                                                                "10"_ba);
    }
};

PRISM_APPLESS_TEST(FrameReaderTest)

} // namespace tst_frame_reader

#include "tst_frame_reader.moc"
