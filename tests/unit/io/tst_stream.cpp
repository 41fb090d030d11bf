#include "server/io/stream.h"
#include "tests/support/test_program.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>

#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_stream {

using prism::io::ByteBudget;
using prism::io::Descriptor;
using prism::io::Stream;
using namespace Qt::StringLiterals;

/// The two ends of a connection, one of which is a Stream.
class StreamTest : public QObject
{
    Q_OBJECT

    static constexpr qsizetype readAhead = 4096;

    std::unique_ptr<Stream> m_stream;
    int m_peer = -1;

    /// What the peer has to read by now.
    QByteArray read() const
    {
        QByteArray all;
        std::array<char, 64 * 1024> part{};
        for (;;) {
            const ssize_t got = ::recv(m_peer, part.data(), part.size(), MSG_DONTWAIT);
            if (got <= 0)
                return all;
            all.append(part.data(), got);
        }
    }

private slots:
    void init()
    {
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        m_stream = std::make_unique<Stream>(Descriptor(ends[0]), readAhead);
        m_peer = ends[1];
    }

    void cleanup()
    {
        m_stream.reset();
        ::close(m_peer);
    }

    void write_goesOutAtOnce()
    {
        m_stream->write("abc");
        QCOMPARE(m_stream->unsent(), 0);
        QCOMPARE(read(), "abc"_ba);
    }

    void writeLater_drains_alsoWhereThereIsRoomNow()
    {
        QSignalSpy drained(m_stream.get(), &Stream::drained);
        m_stream->writeLater("abc");
        m_stream->write("def");
        m_stream->writeLater("ghi");
        QCOMPARE(m_stream->unsent(), 9);
        QCOMPARE(read(), QByteArray());
        QTRY_COMPARE(drained.size(), 1);
        QCOMPARE(m_stream->unsent(), 0);
        QCOMPARE(read(), "abcdefghi"_ba);
    }

    void writeLater_toAPeerThatHasGone_closes()
    {
        QSignalSpy closed(m_stream.get(), &Stream::closed);
        ::close(std::exchange(m_peer, -1));
        m_stream->writeLater("abc");
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!m_stream->isOpen());
    }

    void held_isToldOnceUntilItDrains()
    {
        QSignalSpy held(m_stream.get(), &Stream::held);
        QSignalSpy drained(m_stream.get(), &Stream::drained);
        m_stream->write("abc");
        QVERIFY(held.isEmpty());
        m_stream->writeLater("def");
        m_stream->write("ghi");
        QCOMPARE(held.size(), 1);
        QTRY_COMPARE(drained.size(), 1);
        m_stream->writeLater("jkl");
        QCOMPARE(held.size(), 2);
    }

    void write_toAPeerThatHasGone_closesByTheEventLoop()
    {
        QSignalSpy closed(m_stream.get(), &Stream::closed);
        ::close(std::exchange(m_peer, -1));
        m_stream->write("abc");
        QVERIFY(m_stream->isOpen());
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!m_stream->isOpen());
        QVERIFY(!m_stream->wire().leadsSomewhere());
    }

    void wire_goesPastTheStream()
    {
        QCOMPARE(m_stream->wire().send("abc"), 3);
        QCOMPARE(read(), "abc"_ba);
        const QByteArray large(16 * 1024 * 1024, 'x');
        const qsizetype taken = m_stream->wire().send(large);
        QVERIFY(taken > 0 && taken < large.size());
        QCOMPARE(m_stream->wire().send("abc"), 0);
        m_stream->writeLater(large.sliced(taken));
        QByteArray received;
        QTRY_COMPARE((received += read()).size(), large.size());
    }

    void wire_toAPeerThatHasGone_takesNothing()
    {
        ::close(std::exchange(m_peer, -1));
        QCOMPARE(m_stream->wire().send("abc"), 0);
    }

    void received_isTheFirstThatIsUnread()
    {
        const Descriptor moved = m_stream->release();
        m_stream =
            std::make_unique<Stream>(Descriptor(::dup(moved.number())), readAhead, nullptr, "before"_ba);
        QCOMPARE(m_stream->unread(), "before"_ba);
        QCOMPARE(::send(m_peer, " and after", 10, 0), 10);
        QTRY_COMPARE(m_stream->unread(), "before and after"_ba);
        m_stream->consume(7);
        QCOMPARE(m_stream->unread(), "and after"_ba);
    }

    void readAhead_bounds()
    {
        const QByteArray part(readAhead, 'x');
        for (int i = 0; i < 20; ++i)
            QCOMPARE(::send(m_peer, part.constData(), std::size_t(part.size()), 0), part.size());
        QTRY_VERIFY(m_stream->unread().size() >= readAhead);
        const qsizetype ahead = m_stream->unread().size();
        QCOMPARE(::send(m_peer, "the end", 7, 0), 7);
        QTest::qWait(0);
        QCOMPARE(m_stream->unread().size(), ahead);
        qsizetype all = 0;
        const auto takeAll = [&] {
            all += m_stream->unread().size();
            m_stream->consume(m_stream->unread().size());
            return all;
        };
        QTRY_COMPARE(takeAll(), 20 * readAhead + 7);
    }

    void released_itIsTheCallersToClose()
    {
        {
            const Descriptor moved = m_stream->release();
            QVERIFY(!m_stream->isOpen());
            m_stream.reset();
            QCOMPARE(::send(moved.number(), "abc", 3, 0), 3);
            QCOMPARE(read(), "abc"_ba);
        }
        char byte = 0;
        QCOMPARE(::recv(m_peer, &byte, 1, 0), 0);
    }

    /// Not one byte more, so that what a client can make the server hold is known.
    void readAhead_boundsExactly_andMayChange()
    {
        const QByteArray part(3 * readAhead, 'x');
        QCOMPARE(::send(m_peer, part.constData(), std::size_t(part.size()), 0), part.size());
        QTRY_COMPARE(m_stream->unread().size(), readAhead);
        QTest::qWait(0);
        QCOMPARE(m_stream->unread().size(), readAhead);
        m_stream->setReadAhead(readAhead + 10);
        QTRY_COMPARE(m_stream->unread().size(), readAhead + 10);
        m_stream->setReadAhead(10);
        m_stream->consume(readAhead);
        QTest::qWait(0);
        QCOMPARE(m_stream->unread().size(), 10);
        m_stream->consume(1);
        QTRY_COMPARE(m_stream->unread().size(), 10);
    }

    void finish_tellsThePeerAndWaitsForIt()
    {
        QSignalSpy closed(m_stream.get(), &Stream::closed);
        QSignalSpy readable(m_stream.get(), &Stream::readable);
        QCOMPARE(::send(m_peer, "unread", 6, 0), 6);
        QTRY_COMPARE(readable.size(), 1);
        m_stream->write("goodbye");
        m_stream->finish();
        QCOMPARE(m_stream->unread().size(), 0);
        m_stream->write("more");
        m_stream->writeLater("more");
        QCOMPARE(read(), "goodbye"_ba);
        char byte = 0;
        QCOMPARE(::recv(m_peer, &byte, 1, MSG_DONTWAIT), 0);
        const QByteArray part(64 * 1024, 'x');
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(::send(m_peer, part.constData(), std::size_t(part.size()), MSG_DONTWAIT), part.size());
            QTest::qWait(0);
        }
        QCOMPARE(readable.size(), 1);
        QVERIFY(closed.isEmpty() && m_stream->isOpen() && m_stream->isFinishing());
        ::shutdown(m_peer, SHUT_WR);
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!m_stream->isOpen());
    }

    void finish_withMuchToSend_sendsItFirst()
    {
        QSignalSpy closed(m_stream.get(), &Stream::closed);
        QSignalSpy drained(m_stream.get(), &Stream::drained);
        const QByteArray large(4 * 1024 * 1024, 'x');
        m_stream->write(large);
        m_stream->finish();
        ::shutdown(m_peer, SHUT_WR);
        QByteArray received;
        QTRY_COMPARE((received += read()).size(), large.size());
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(drained.isEmpty());
    }

    void finish_ofOneWhosePeerHasFinished_endsByTheEventLoop()
    {
        QSignalSpy closed(m_stream.get(), &Stream::closed);
        ::shutdown(m_peer, SHUT_WR);
        QTRY_VERIFY(m_stream->peerFinished());
        m_stream->finish();
        QVERIFY(closed.isEmpty());
        QTRY_COMPARE(closed.size(), 1);
    }

    void finish_doesNotWaitForEver_data()
    {
        QTest::addColumn<bool>("sends");
        QTest::newRow("for who says nothing") << false;
        QTest::newRow("for who says too much") << true;
    }

    void finish_doesNotWaitForEver()
    {
        QFETCH(const bool, sends);
        QSignalSpy closed(m_stream.get(), &Stream::closed);
        m_stream->finish();
        const QByteArray part(64 * 1024, 'x');
        qsizetype sent = 0;
        const QDeadlineTimer patience(20'000);
        while (closed.isEmpty() && !patience.hasExpired()) {
            if (sends)
                sent += std::max<ssize_t>(
                    ::send(m_peer, part.constData(), std::size_t(part.size()), MSG_DONTWAIT | MSG_NOSIGNAL),
                    0);
            QTest::qWait(sends ? 0 : 10);
        }
        QCOMPARE(closed.size(), 1);
        QVERIFY2(sent < 20LL * 1024 * 1024, QByteArray::number(sent).constData());
    }

    void whatWaits_countsUntilItIsTaken()
    {
        ByteBudget budget(100LL * 1024 * 1024, 1024);
        m_stream->countIn(budget);
        m_stream->writeLater("little");
        QCOMPARE(budget.held(), 0);
        const QByteArray large(4 * 1024 * 1024, 'x');
        m_stream->write(large);
        QVERIFY(budget.held() >= m_stream->unsent());
        const qint64 before = budget.held();
        QByteArray received;
        QTRY_VERIFY((received += read()).size() > 3 * 1024 * 1024);
        QTRY_VERIFY(budget.held() < before / 2 && budget.held() >= m_stream->unsent());
        QTRY_COMPARE((received += read()).size(), large.size() + 6);
        QTRY_COMPARE(budget.held(), 0);
        m_stream->write(large);
        QVERIFY(budget.held() > 0);
        m_stream->close();
        QCOMPARE(budget.held(), 0);
    }

    void pastTheBudget_itIsReset()
    {
        ByteBudget budget(1024 * 1024, 1024);
        ByteBudget::Holder other(budget, this, [] {});
        m_stream->countIn(budget);
        QSignalSpy closed(m_stream.get(), &Stream::closed);
        other.moved(100LL * 1024 * 1024);
        m_stream->write(QByteArray(2 * 1024 * 1024, 'x'));
        QCOMPARE(budget.ended(), 0);
        other.hold(900 * 1024);
        QVERIFY(closed.isEmpty() && m_stream->isOpen());
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!m_stream->isOpen());
        QCOMPARE(budget.held(), 900 * 1024);
    }

    void unacknowledged_isWhatThePeerHasNotTaken()
    {
        QCOMPARE(m_stream->unacknowledged(), 0);
        m_stream->write(QByteArray(10'000, 'x'));
        QVERIFY(m_stream->unacknowledged() >= 10'000);
        QCOMPARE(read().size(), 10'000);
        QCOMPARE(m_stream->unacknowledged(), 0);
    }

    void whatTheKernelDoesNotTake_followsInOrder()
    {
        QByteArray text;
        while (text.size() < 4 * 1024 * 1024)
            text += QByteArray::number(text.size()) + ' ';
        QSignalSpy drained(m_stream.get(), &Stream::drained);
        m_stream->write(text);
        QVERIFY(m_stream->unsent() > 0);
        m_stream->write("the end");
        QByteArray received;
        const QDeadlineTimer patience(10'000);
        while (drained.isEmpty() && !patience.hasExpired()) {
            received += read();
            QCoreApplication::processEvents();
        }
        received += read();
        QVERIFY(received == text + "the end");
    }
};

PRISM_TEST(StreamTest)

} // namespace tst_stream

#include "tst_stream.moc"
