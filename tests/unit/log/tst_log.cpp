#include "server/log/log.h"
#include "tests/support/test_program.h"

#include <QLoggingCategory>
#include <QTemporaryFile>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_log {

Q_LOGGING_CATEGORY(lcTest, "prism.test")

using namespace prism::log;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 queueBytes = 16 * 1024;

/// Two ends of what lines go through, read by the test when it likes.
class Channel
{
public:
    enum class Kind { Pipe, Socket };

    explicit Channel(Kind kind)
    {
        if (kind == Kind::Pipe)
            QCOMPARE(::pipe2(m_ends.data(), O_CLOEXEC), 0);
        else
            QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, m_ends.data()), 0);
    }

    ~Channel()
    {
        closeReading();
        ::close(m_ends[1]);
    }
    Q_DISABLE_COPY_MOVE(Channel)

    int writing() const { return m_ends[1]; }

    void closeReading()
    {
        if (m_ends[0] >= 0)
            ::close(std::exchange(m_ends[0], -1));
    }

    /// What is there, as soon as it has `wanted` in it.
    QByteArray readUntil(const QByteArray& wanted)
    {
        std::array<char, 4096> part{};
        while (!m_read.contains(wanted)) {
            const ssize_t size = ::read(m_ends[0], part.data(), part.size());
            if (size <= 0)
                break;
            m_read.append(part.data(), size);
        }
        return m_read;
    }

private:
    std::array<int, 2> m_ends{-1, -1};
    QByteArray m_read;
};

Log::Settings settings()
{
    return {Level::Debug, Format::Text, queueBytes};
}

} // namespace

class LogTest : public QObject
{
    Q_OBJECT

private slots:
    void entries_areWrittenInOrderAndNotDroppedAtTheEnd()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        {
            const Log log(file.handle(), settings());
            for (int i = 0; i < 100; ++i)
                qCDebug(lcTest) << "entry" << i;
            QCOMPARE(log.dropped(), 0U);
        }
        file.seek(0);
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 101);
        for (int i = 0; i < 100; ++i)
            QVERIFY2(lines[i].endsWith(" debug prism.test: entry " + QByteArray::number(i)), lines[i]);
    }

    void readerThatDoesNotRead_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("pipe") << int(Channel::Kind::Pipe);
        QTest::newRow("socket") << int(Channel::Kind::Socket);
    }

    void readerThatDoesNotRead()
    {
        QFETCH(const int, kind);
        Channel channel{Channel::Kind(kind)};
        const Log log(channel.writing(), settings());
        // More than the channel and the queue hold together, whatever the system gives to a socket.
        const QByteArray text(1000, 'x');
        int logged = 0;
        while (log.dropped() < 10) {
            qCDebug(lcTest) << text.constData() << logged;
            QVERIFY(++logged < 100'000);
        }
        const QByteArray read = channel.readUntil("entries are missing here");
        QVERIFY(read.contains("entry") || read.contains(text));
        qCDebug(lcTest) << "heard again";
        QVERIFY(channel.readUntil("heard again").contains("debug prism.test: heard again\n"));
    }

    void readerThatNeverReads_endsNevertheless()
    {
        Channel channel(Channel::Kind::Pipe);
        const Log log(channel.writing(), settings());
        while (log.dropped() == 0)
            qCDebug(lcTest) << QByteArray(1000, 'x').constData();
    }

    void othersOfThePipe_findItAsItWas()
    {
        Channel channel(Channel::Kind::Pipe);
        const Log log(channel.writing(), settings());
        qCDebug(lcTest) << "there";
        channel.readUntil("there");
        QCOMPARE(::fcntl(channel.writing(), F_GETFL) & O_NONBLOCK, 0);
    }

    void readerThatIsGone_isNoEnd()
    {
        Channel channel(Channel::Kind::Pipe);
        channel.closeReading();
        const Log log(channel.writing(), settings());
        qCDebug(lcTest) << "nobody hears this";
        QTRY_COMPARE(log.dropped(), 1U);
    }

    void entriesAlike_areToldAtTheEnd()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        {
            const Log log(file.handle(), settings());
            for (int i = 0; i < 20; ++i)
                qCWarning(lcTest) << "client" << i << "is slow";
        }
        file.seek(0);
        const QByteArray written = file.readAll();
        QCOMPARE(written.count('\n'), Repetitions::written + 1);
        QVERIFY2(written.endsWith(": 15 more like this, the last: client 19 is slow\n"), written);
    }
};

PRISM_TEST(LogTest)

} // namespace tst_log

#include "tst_log.moc"
