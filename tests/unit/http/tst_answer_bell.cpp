#include "server/http/answer_bell.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <thread>

namespace tst_answer_bell {

using prism::http::AnswerBell;

class AnswerBellTest : public QObject
{
    Q_OBJECT

private slots:
    void whoMakesLargeAnswers_waitsUntilTheyHaveGone()
    {
        AnswerBell bell;
        bell.keep(AnswerBell::mostKept);
        bell.waitForRoom(); // as much as may wait
        bell.keep(2);
        std::atomic<bool> hasRoom{false};
        std::thread maker([&] {
            bell.waitForRoom();
            hasRoom = true;
        });
        bell.letGo(1); // still one too many
        QTest::qWait(20);
        const bool wasTooEarly = hasRoom;
        bell.letGo(1);
        maker.join();
        QVERIFY(!wasTooEarly);
        QVERIFY(hasRoom);
        QCOMPARE(bell.kept(), AnswerBell::mostKept);
    }
};

PRISM_TEST(AnswerBellTest)

} // namespace tst_answer_bell

#include "tst_answer_bell.moc"
