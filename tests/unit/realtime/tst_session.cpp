#include "server/realtime/session.h"
#include "server/realtime/view_feed.h"
#include "tests/support/test_program.h"

#include <QEvent>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_session {

using namespace prism::realtime;
using prism::protocol::Seq;
using namespace Qt::StringLiterals;

namespace {

constexpr Seq head = 10;

FramePtr frameOf(Seq seq)
{
    return std::make_shared<const Frame>(
        Frame{seq, u"retro:created"_s, {}, textFrame("{\"seq\":" + QByteArray::number(seq) + "}")});
}

/// Counts the turns that are posted to a session.
class TurnCount : public QObject
{
public:
    int turns = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        turns += event->type() == QEvent::MetaCall ? 1 : 0;
        return false;
    }
};

/// A client that says nothing and hears text, a line for each message.
class LineOutlet : public Outlet
{
public:
    explicit LineOutlet(int descriptor)
        : m_stream(prism::io::Descriptor(descriptor), 4096)
    {
    }

    prism::io::Stream& stream() override { return m_stream; }
    Encoding encoding() const override { return Encoding::EventStream; }
    void begin(Session&) override {}
    QByteArray encoded(const prism::protocol::Event& message, Seq) const override
    {
        return streamEvent({}, prism::protocol::encode(message));
    }
    void keepAlive(Clock::time_point) override {}
    void sayGoodbye(int code, const QString&) override
    {
        m_stream.write("closed " + QByteArray::number(code) + "\n\n");
    }
    void abort() override {}

private:
    prism::io::Stream m_stream;
};

} // namespace

/// What a session makes of a position, whatever is still kept of what was missed.
class SessionTest : public QObject
{
    Q_OBJECT

    Settings m_settings;
    QString m_epoch = u"e"_s;
    prism::telemetry::SessionStats m_stats;
    prism::io::ByteBudget m_unsent{1'000'000, 1'000};
    ViewFeed m_views{{}, {}, {}};
    int m_peer = -1;

    QList<QJsonObject> heard() const
    {
        QByteArray all;
        std::array<char, 64 * 1024> part{};
        for (;;) {
            const ssize_t got = ::recv(m_peer, part.data(), part.size(), MSG_DONTWAIT);
            if (got <= 0)
                break;
            all.append(part.data(), got);
        }
        QList<QJsonObject> messages;
        const QList<QByteArray> lines = all.split('\n');
        for (const QByteArray& line : lines) {
            if (line.startsWith("closed"))
                messages.append({{u"type"_s, QString::fromLatin1(line)}});
            else if (line.startsWith("data: "))
                messages.append(QJsonDocument::fromJson(line.sliced(6)).object());
        }
        return messages;
    }

private slots:
    void position_isResumedFromWhereAllIsThere_data()
    {
        QTest::addColumn<Seq>("oldest"); // that is kept in the log; the backlog has none
        for (const Seq oldest : {1, 2, 5, 9, 10, 11})
            QTest::addRow("from %d on", int(oldest)) << oldest;
    }

    void position_isResumedFromWhereAllIsThere()
    {
        QFETCH(const Seq, oldest);
        const Backlog backlog(head, 100, 1'000'000);
        FrameReader reader(
            backlog,
            [oldest](Seq from, Seq to, qint64) -> prism::protocol::Result<std::vector<FramePtr>> {
                std::vector<FramePtr> frames;
                for (Seq seq = std::max(from, oldest); seq <= std::min(to, head); ++seq)
                    frames.push_back(frameOf(seq));
                return frames;
            },
            m_epoch, 1'000'000);
        for (const QString& epoch : {m_epoch, u"other"_s, QString()}) {
            for (Seq since = 0; since <= head + 2; ++since) {
                std::array<int, 2> ends{};
                QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
                m_peer = ends[1];
                Cursors cursors;
                const Session::Context context{backlog, reader,  m_epoch, m_settings,
                                               m_stats, m_views, cursors, m_unsent};
                Session session(context, std::make_unique<LineOutlet>(ends[0]), {}, nullptr);
                session.begin();
                session.resume(epoch, since);
                session.pump();
                const bool isComplete =
                    epoch == m_epoch && since <= head && (since == head || since + 1 >= oldest);
                const QList<QJsonObject> messages = heard();
                QCOMPARE(messages.size(), 1 + (isComplete ? head - since : 0));
                for (qsizetype i = 0; i + 1 < messages.size(); ++i)
                    QCOMPARE(messages[i]["seq"_L1].toInteger(), since + 1 + i);
                QCOMPARE(messages.last()["type"_L1].toString(), u"resumed"_s);
                QCOMPARE(messages.last()["data"_L1].toObject(), (QJsonObject{{u"from"_s, qint64(since)},
                                                                             {u"to"_s, qint64(head)},
                                                                             {u"complete"_s, isComplete}}));
                QCOMPARE(session.reached(), head);
                ::close(m_peer);
            }
        }
    }

    /// However many events come meanwhile: each of them would post another.
    void longWay_isGoneInTurnsOfWhichOneIsPosted_data()
    {
        QTest::addColumn<bool>("resumes");
        QTest::newRow("live") << false;
        QTest::newRow("of what was missed") << true;
    }

    void longWay_isGoneInTurnsOfWhichOneIsPosted()
    {
        QFETCH(const bool, resumes);
        constexpr Seq many = 60'000; // that are filtered out, and count for a hundred bytes each
        constexpr Seq stretch = 1'000;
        std::vector<FramePtr> frames;
        for (Seq seq = 1; seq <= many; ++seq)
            frames.push_back(frameOf(seq));
        Backlog backlog(resumes ? many : 0, 1, 1); // the others are in the log
        FrameReader reader(
            backlog,
            [&frames](Seq from, Seq to, qint64) -> prism::protocol::Result<std::vector<FramePtr>> {
                const Seq end = std::min({to, from + stretch - 1, many});
                return std::vector<FramePtr>(frames.begin() + from - 1, frames.begin() + end);
            },
            m_epoch, 1'000'000);
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        m_peer = ends[1];
        Cursors cursors;
        const Session::Context context{backlog, reader,  m_epoch, m_settings,
                                       m_stats, m_views, cursors, m_unsent};
        Session session(context, std::make_unique<LineOutlet>(ends[0]), {}, nullptr);
        TurnCount count;
        session.installEventFilter(&count);
        session.begin();
        QVERIFY(session.changeFilter().join(u"another"_s).has_value());
        if (resumes)
            session.resume(m_epoch, 0);
        else
            backlog.append(frames);
        for (int i = 0; i < 500; ++i)
            session.pump();
        bool isTold = false;
        const auto isThere = [&] {
            isTold = isTold || !heard().isEmpty();
            return resumes ? isTold : session.reached() == many;
        };
        QVERIFY2(!isThere(), "it is done in one go");
        QTRY_VERIFY(isThere());
        QVERIFY2(count.turns >= 4 && count.turns <= 6, QByteArray::number(count.turns).constData());
        ::close(m_peer);
    }
};

PRISM_TEST(SessionTest)

} // namespace tst_session

#include "tst_session.moc"
