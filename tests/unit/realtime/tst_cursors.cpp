#include "server/realtime/cursor.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_cursors {

using namespace prism::realtime;
using prism::io::Wire;

class CursorsTest : public QObject
{
    Q_OBJECT

    /// What it points to is not looked at.
    Session* session() { return reinterpret_cast<Session*>(this); }

private slots:
    void places_doNotMoveAndAreUsedAgain()
    {
        Cursors cursors;
        std::vector<Cursors::Place> places;
        for (int i = 0; i < 1000; ++i)
            places.push_back(cursors.place(session(), Wire(i), Encoding::WebSocket, i + 1));
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(places[std::size_t(i)]->wire.leadsSomewhere());
            QCOMPARE(places[std::size_t(i)].get(), &cursors.all()[std::size_t(i)]);
        }
        const Cursor* const left = places[7].get();
        places[7].reset();
        QVERIFY(!left->session);
        QVERIFY(!left->keepsUp);
        QVERIFY(!left->wire.leadsSomewhere());
        places[7] = cursors.place(session(), Wire(5000), Encoding::EventStream, 9);
        QCOMPARE(places[7].get(), left);
        QCOMPARE(cursors.all().size(), 1000U);
        QCOMPARE(left->next, 9);
        QCOMPARE(left->written, 0);
    }

    /// What a broadcast looks at lies side by side in memory, several to a cache line and a half.
    void cursor_isSmall() { QVERIFY(sizeof(Cursor) <= 40); }

    void write_takesWhatTheKernelTakes()
    {
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
        Cursors cursors;
        const Cursors::Place place = cursors.place(session(), Wire(ends[0]), Encoding::WebSocket, 1);
        QCOMPARE(place->write("abc"), 3);
        const QByteArray large(16 * 1024 * 1024, 'x');
        const qsizetype taken = place->write(large);
        QVERIFY(taken > 0 && taken < large.size());
        QCOMPARE(place->write("abc"), 0);
        QCOMPARE(place->written, large.size() + 6);
        ::close(ends[1]);
        QCOMPARE(place->write("abc"), 0);
        ::close(ends[0]);
    }
};

PRISM_TEST(CursorsTest)

} // namespace tst_cursors

#include "tst_cursors.moc"
