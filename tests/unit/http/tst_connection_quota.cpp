#include "server/http/connection_quota.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_connection_quota {

using prism::http::ConnectionQuota;
using namespace Qt::StringLiterals;

class ConnectionQuotaTest : public QObject
{
    Q_OBJECT

    static ConnectionQuota::Ticket takeFor(ConnectionQuota& quota, const QString& peer)
    {
        return quota.take(QHostAddress(peer));
    }

private slots:
    void oneAddress_hasItsShare_data()
    {
        QTest::addColumn<QStringList>("peers");
        QTest::addColumn<int>("places");
        QTest::newRow("one") << QStringList{u"192.0.2.1"_s, u"192.0.2.1"_s, u"192.0.2.1"_s, u"192.0.2.1"_s}
                             << 2;
        QTest::newRow("loopback") << QStringList{u"127.0.0.1"_s, u"127.0.0.1"_s, u"127.0.0.1"_s} << 2;
        QTest::newRow("neighbours") << QStringList{u"192.0.2.1"_s, u"192.0.2.2"_s, u"192.0.2.3"_s,
                                                   u"192.0.2.1"_s}
                                    << 4;
        QTest::newRow("a network of IPv6")
            << QStringList{u"2001:db8:1:2::1"_s, u"2001:db8:1:2::2"_s, u"2001:db8:1:2:ffff::"_s} << 2;
        QTest::newRow("networks of IPv6")
            << QStringList{u"2001:db8:1:1::1"_s, u"2001:db8:1:2::1"_s, u"2001:db8:1:3::1"_s} << 3;
        QTest::newRow("IPv4 in IPv6")
            << QStringList{u"::ffff:192.0.2.1"_s, u"192.0.2.1"_s, u"192.0.2.1"_s} << 2;
        QTest::newRow("IPv4s in IPv6")
            << QStringList{u"::ffff:192.0.2.1"_s, u"::ffff:192.0.2.2"_s, u"::ffff:192.0.2.3"_s} << 3;
        QTest::newRow("without an address") << QStringList{u""_s, u""_s, u""_s, u""_s} << 4;
        QTest::newRow("all together") << QStringList{u"192.0.2.1"_s, u"192.0.2.2"_s, u"192.0.2.3"_s,
                                                     u"192.0.2.4"_s, u"192.0.2.5"_s, u"192.0.2.6"_s}
                                      << 5;
    }

    void oneAddress_hasItsShare()
    {
        QFETCH(const QStringList, peers);
        QFETCH(const int, places);
        ConnectionQuota quota({5, 2});
        std::vector<ConnectionQuota::Ticket> taken;
        int own = 0;
        for (const QString& peer : peers) {
            taken.push_back(takeFor(quota, peer));
            own += taken.back() ? 1 : 0;
        }
        QCOMPARE(own, places);
        QCOMPARE(quota.taken(), places);
        QCOMPARE(quota.refused(), quint64(peers.size() - places));
        taken.clear();
        QCOMPARE(quota.taken(), 0);
    }

    void placesThatAreGivenBack_areThereAgain()
    {
        ConnectionQuota quota({5, 2});
        for (int round = 0; round < 3; ++round) {
            auto first = takeFor(quota, u"192.0.2.1"_s);
            const auto second = takeFor(quota, u"192.0.2.1"_s);
            QVERIFY(first && second);
            QVERIFY(!takeFor(quota, u"192.0.2.1"_s));
            first.reset();
            QVERIFY(takeFor(quota, u"192.0.2.1"_s));
        }
    }
};

PRISM_TEST(ConnectionQuotaTest)

} // namespace tst_connection_quota

#include "tst_connection_quota.moc"
