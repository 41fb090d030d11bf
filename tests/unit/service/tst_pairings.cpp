#include "server/service/pairings.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace tst_pairings {

using namespace prism;
using namespace std::chrono_literals;
using service::Pairings;

class PairingsTest : public QObject
{
    Q_OBJECT

    static constexpr protocol::Timestamp now{1'800'000'000'000ms};

    static Pairings::Begun begun(Pairings& pairings, protocol::Timestamp at = now)
    {
        return pairings.begin(QStringLiteral("wall"), QStringLiteral("::1"), "6 0", at).value();
    }

private slots:
    void wait_endsAfterTenMinutes()
    {
        Pairings pairings;
        const Pairings::Begun one = begun(pairings);
        QCOMPARE(pairings.waiting(now + 10min - 1ms).size(), 1U);
        QVERIFY(pairings.claim(one.code, "a", now + 10min - 1ms).has_value());
        QVERIFY(pairings.collect(one.pairing.id, one.secret, now + 10min - 1ms).has_value());
        QVERIFY(!pairings.claim(one.code, "a", now + 10min).has_value());
        QVERIFY(!pairings.collect(one.pairing.id, one.secret, now + 10min).has_value());
        QCOMPARE(pairings.waiting(now + 10min).size(), 0U);
    }

    void whatIsNotCollected_isForgotten()
    {
        Pairings pairings;
        const Pairings::Begun one = begun(pairings);
        pairings.grant(one.pairing.id, "token");
        QVERIFY2(!pairings.claim(one.code, "a", now).has_value(), "nobody is let in twice");
        QVERIFY(!pairings.collect(one.pairing.id, one.secret, now + 10min).has_value());
    }

    void clockThatIsSetBack_endsTheWait()
    {
        Pairings pairings;
        (void)begun(pairings);
        QCOMPARE(pairings.waiting(now - 1ms).size(), 0U);
    }

    void oneWhoIsBeingLetIn_isLetInByNobodyElse()
    {
        Pairings pairings;
        const Pairings::Begun one = begun(pairings);
        QVERIFY(pairings.claim(one.code, "a", now).has_value());
        QVERIFY(!pairings.claim(one.code, "b", now + 1s).has_value());
        QVERIFY2(pairings.claim(one.code, "a", now + 1s).has_value(), "a write may be done twice");
        QVERIFY2(pairings.claim(one.code, "b", now + 31s).has_value(), "what failed is tried again");
        QCOMPARE(pairings.waiting(now).size(), 1U);
    }

    void place_isFreeAgainAfterTheWait()
    {
        Pairings pairings;
        (void)begun(pairings);
        (void)begun(pairings);
        QVERIFY(!pairings.begin(QStringLiteral("wall"), {}, "6 0", now).has_value());
        QVERIFY(pairings.begin(QStringLiteral("wall"), {}, "6 0", now + 10min).has_value());
    }

    void grant_ofWhoIsGone_isNothing()
    {
        Pairings pairings;
        pairings.grant(QStringLiteral("gone"), "token");
        QCOMPARE(pairings.waiting(now).size(), 0U);
    }

    void codes_areSixDigitsAndApart()
    {
        Pairings pairings;
        QSet<QString> codes;
        for (int i = 0; i < 20; ++i) {
            const Pairings::Begun one =
                pairings.begin(QStringLiteral("wall"), {}, QByteArray::number(i), now).value();
            static const QRegularExpression digits(QStringLiteral("^[0-9]{6}$"));
            QVERIFY(digits.match(one.code).hasMatch());
            codes.insert(one.code);
        }
        QCOMPARE(codes.size(), 20);
    }
};

PRISM_TEST(PairingsTest)

} // namespace tst_pairings

#include "tst_pairings.moc"
