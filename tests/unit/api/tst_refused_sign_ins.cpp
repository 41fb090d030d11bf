#include "server/api/refused_sign_ins.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_refused_sign_ins {

using namespace std::chrono_literals;
using prism::api::RefusedSignIns;

class RefusedSignInsTest : public QObject
{
    Q_OBJECT

    static constexpr RefusedSignIns::Clock::time_point now{1h};

    static QHostAddress address(int n) { return QHostAddress(quint32(0x0a00'0000 + n)); }

private slots:
    void oneAddress_hasTenAMinute()
    {
        RefusedSignIns refused;
        for (int i = 0; i < 10; ++i)
            QVERIFY(!refused.add(address(1), now));
        QCOMPARE(refused.add(address(1), now + 1s), 59s);
        QCOMPARE(refused.add(address(1), now + 59'001ms), 1s);
        QVERIFY(!refused.add(address(2), now));
        QVERIFY(!refused.add(address(1), now + 1min));
    }

    void oneNetwork_isOneAddress()
    {
        RefusedSignIns refused;
        for (int i = 0; i < 10; ++i)
            QVERIFY(!refused.add(QHostAddress(QStringLiteral("2001:db8::%1").arg(i + 1)), now));
        QVERIFY(refused.add(QHostAddress(QStringLiteral("2001:db8::ffff")), now));
        QVERIFY(!refused.add(QHostAddress(QStringLiteral("2001:db8:0:1::1")), now));
    }

    /// Who comes when ten thousand are counted has ten together with all who do, and those keep their own.
    void manyAddresses_shareWhatIsLeft()
    {
        RefusedSignIns refused;
        for (int i = 0; i < 10'000; ++i)
            QVERIFY(!refused.add(address(i), now));
        for (int i = 0; i < 10; ++i)
            QVERIFY(!refused.add(address(20'000 + i), now));
        QVERIFY(refused.add(address(30'000), now));
        QVERIFY(!refused.add(address(7), now));
        QVERIFY(!refused.add(address(30'000), now + 1min));
    }
};

PRISM_APPLESS_TEST(RefusedSignInsTest)

} // namespace tst_refused_sign_ins

#include "tst_refused_sign_ins.moc"
