#include "server/io/byte_budget.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_byte_budget {

using prism::io::ByteBudget;

/// Holders that live on the test's thread, whose event loop tells them to let go.
class ByteBudgetTest : public QObject
{
    Q_OBJECT

    struct Client
    {
        explicit Client(ByteBudget& budget)
            : holder(std::make_unique<ByteBudget::Holder>(budget, &owner, [this] { ++told; }))
        {
        }
        Q_DISABLE_COPY_MOVE(Client)

        QObject owner;
        int told = 0;
        std::unique_ptr<ByteBudget::Holder> holder;
    };

private slots:
    void whatIsHeld_isCountedBeyondTheFreePart()
    {
        ByteBudget budget(1'000, 100);
        {
            const Client one(budget);
            const Client other(budget);
            one.holder->hold(100);
            QCOMPARE(budget.held(), 0);
            one.holder->hold(101);
            QCOMPARE(budget.held(), 101);
            other.holder->hold(500);
            QCOMPARE(budget.held(), 601);
            one.holder->hold(50); // less than would be counted if it were new
            QCOMPARE(budget.held(), 550);
            one.holder->hold(0);
            QCOMPARE(budget.held(), 500);
            one.holder->hold(100);
            QCOMPARE(budget.held(), 500);
        }
        QCOMPARE(budget.held(), 0);
        QCOMPARE(budget.ended(), 0);
    }

    void pastTheBudget_whoMovedLeastGoes_data()
    {
        QTest::addColumn<QList<int>>("moved");
        QTest::addColumn<QList<int>>("held");
        QTest::addColumn<int>("leaving");
        QTest::newRow("the slowest") << QList<int>{9'000'000, 5'000, 7'000'000} << QList<int>{400, 400, 201}
                                     << 1;
        QTest::newRow("it may be the newest")
            << QList<int>{9'000'000, 8'000'000, 0} << QList<int>{400, 400, 201} << 2;
        QTest::newRow("of equals, whoever holds most")
            << QList<int>{0, 0, 0} << QList<int>{350, 450, 201} << 1;
    }

    void pastTheBudget_whoMovedLeastGoes()
    {
        QFETCH(const QList<int>, moved);
        QFETCH(const QList<int>, held);
        QFETCH(const int, leaving);
        ByteBudget budget(1'000, 100);
        std::vector<std::unique_ptr<Client>> clients;
        for (int i = 0; i < 3; ++i) {
            clients.push_back(std::make_unique<Client>(budget));
            clients.back()->holder->moved(moved[i]);
            QCOMPARE(budget.ended(), 0);
            clients.back()->holder->hold(held[i]);
        }
        QCOMPARE(budget.ended(), 1);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(clients[std::size_t(i)]->holder->isEnding(), i == leaving);
            QCOMPARE(clients[std::size_t(i)]->told, 0);
        }
        QCoreApplication::processEvents();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(clients[std::size_t(i)]->told, i == leaving ? 1 : 0);
    }

    void exactlyTheBudget_isWithinIt()
    {
        ByteBudget budget(1'000, 100);
        const Client one(budget);
        const Client other(budget);
        one.holder->hold(500);
        other.holder->hold(500);
        QCOMPARE(budget.ended(), 0);
        other.holder->hold(501);
        QCOMPARE(budget.ended(), 1);
    }

    /// Until it has let go, nobody else has to go in its place.
    void whoHasBeenTold_countsNoMore()
    {
        ByteBudget budget(1'000, 100);
        Client slow(budget);
        const Client quick(budget);
        quick.holder->moved(1'000'000);
        slow.holder->hold(900);
        quick.holder->hold(200);
        QVERIFY(slow.holder->isEnding());
        quick.holder->hold(900);
        QCOMPARE(budget.ended(), 1);
        QVERIFY(!quick.holder->isEnding());
        slow.holder.reset();
        QCOMPARE(budget.held(), 900);
    }

    void theLastOne_staysWhateverItHolds()
    {
        ByteBudget budget(1'000, 100);
        const Client alone(budget);
        const Client small(budget);
        small.holder->hold(100);
        alone.holder->hold(1'000'000);
        QCOMPARE(budget.ended(), 0);
        small.holder->hold(101);
        QCOMPARE(budget.ended(), 1);
    }

    void asManyGo_asMustForTheRestToFit()
    {
        ByteBudget budget(1'000, 100);
        std::vector<std::unique_ptr<Client>> slow;
        for (int i = 0; i < 5; ++i) {
            slow.push_back(std::make_unique<Client>(budget));
            slow.back()->holder->hold(200);
        }
        const Client quick(budget);
        quick.holder->moved(1'000'000);
        quick.holder->hold(500);
        QCOMPARE(budget.ended(), 3);
        QVERIFY(!quick.holder->isEnding());
    }

    void whoGoesBeforeItIsTold_isNotTold()
    {
        ByteBudget budget(1'000, 100);
        auto slow = std::make_unique<Client>(budget);
        const Client quick(budget);
        quick.holder->moved(1'000'000);
        slow->holder->hold(900);
        quick.holder->hold(900);
        QVERIFY(slow->holder->isEnding());
        slow.reset();
        QCoreApplication::processEvents();
        QCOMPARE(budget.held(), 900);
        QCOMPARE(quick.told, 0);
    }
};

PRISM_TEST(ByteBudgetTest)

} // namespace tst_byte_budget

#include "tst_byte_budget.moc"
