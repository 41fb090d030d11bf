#include "server/service/tickets.h"
#include "tests/support/test_program.h"

#include <QSet>
#include <QTest>

namespace tst_tickets {

using prism::protocol::ErrorCode;
using prism::service::Tickets;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TicketsTest : public QObject
{
    Q_OBJECT

    const Tickets::Clock::time_point m_now{1h};

private slots:
    void ticket_isGoodOnce()
    {
        Tickets tickets;
        const QByteArray ticket = tickets.make({u"ana"_s, "hash"}, m_now).value();
        QCOMPARE(ticket.size(), 64);
        const auto holder = tickets.take(ticket, m_now);
        QVERIFY(holder.has_value());
        QCOMPARE(holder->token, u"ana"_s);
        QCOMPARE(holder->secretHash, "hash"_ba);
        QVERIFY(!tickets.take(ticket, m_now).has_value());
    }

    void ticket_isGoodForItsTime_data()
    {
        QTest::addColumn<int>("after");
        QTest::addColumn<bool>("good");
        QTest::newRow("at once") << 0 << true;
        QTest::newRow("in time") << 29'999 << true;
        QTest::newRow("too late") << 30'000 << false;
        QTest::newRow("far too late") << 3'600'000 << false;
    }

    void ticket_isGoodForItsTime()
    {
        QFETCH(const int, after);
        QFETCH(const bool, good);
        Tickets tickets;
        const QByteArray ticket = tickets.make({u"ana"_s, "hash"}, m_now).value();
        QCOMPARE(tickets.take(ticket, m_now + std::chrono::milliseconds(after)).has_value(), good);
    }

    void whatIsNone_isNobodys_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << ""_ba;
        QTest::newRow("cut off") << "CUT"_ba;
        QTest::newRow("longer") << "TICKETa"_ba;
        QTest::newRow("in capitals") << "UPPER"_ba;
        QTest::newRow("another") << QByteArray(64, '0');
        QTest::newRow("huge") << QByteArray(1'000'000, 'a');
    }

    void whatIsNone_isNobodys()
    {
        QFETCH(QByteArray, text);
        Tickets tickets;
        const QByteArray ticket = tickets.make({u"ana"_s, "hash"}, m_now).value();
        text.replace("TICKET", ticket);
        text.replace("CUT", ticket.chopped(1));
        text.replace("UPPER", ticket.toUpper());
        QVERIFY(!tickets.take(text, m_now).has_value());
        QVERIFY(tickets.take(ticket, m_now).has_value());
    }

    void oneToken_hasSoMany_andTakesNoneOfAnothers()
    {
        Tickets tickets;
        QSet<QByteArray> all;
        for (int i = 0; i < 64; ++i)
            all.insert(tickets.make({u"ana"_s, "hash"}, m_now).value());
        QCOMPARE(all.size(), 64);
        const auto more = tickets.make({u"ana"_s, "hash"}, m_now);
        QVERIFY(!more.has_value());
        QCOMPARE(more.error().code, ErrorCode::Quota);
        QVERIFY(tickets.make({u"ben"_s, "hash"}, m_now).has_value());
        QVERIFY(tickets.take(*all.cbegin(), m_now).has_value());
        QVERIFY(tickets.make({u"ana"_s, "hash"}, m_now).has_value());
        QVERIFY(!tickets.make({u"ana"_s, "hash"}, m_now).has_value());
        QVERIFY(tickets.make({u"ana"_s, "hash"}, m_now + 30s).has_value());
    }

    void allTogether_areSoMany()
    {
        Tickets tickets;
        int made = 0;
        for (int i = 0; i < 10'000; ++i)
            made += tickets.make({QString::number(i), "hash"}, m_now).has_value() ? 1 : 0;
        QCOMPARE(made, 4'096);
        QVERIFY(tickets.make({u"one more"_s, "hash"}, m_now + 30s).has_value());
    }
};

PRISM_TEST(TicketsTest)

} // namespace tst_tickets

#include "tst_tickets.moc"
