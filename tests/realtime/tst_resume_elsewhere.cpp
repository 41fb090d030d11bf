#include "tests/realtime/resume_test.h"
#include "tests/support/test_program.h"

namespace tst_resume_elsewhere {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

/// A client that names a position from which it cannot be told all is told so.
class TestResumeElsewhere : public ResumeTest
{
    Q_OBJECT

private slots:
    void init() { start({}); }

    void cleanup() { stopServer(); }

    void resume_fromElsewhere_sendsNothingAndSaysSo_data()
    {
        QTest::addColumn<Seq>("since");
        QTest::addColumn<QString>("epoch");
        QTest::newRow("other epoch") << Seq(2) << u"another"_s;
        QTest::newRow("no epoch") << Seq(2) << QString();
        QTest::newRow("beyond the head") << Seq(99) << QString(u'='); // stands for the right one
    }

    void resume_fromElsewhere_sendsNothingAndSaysSo()
    {
        QFETCH(const Seq, since);
        QFETCH(QString, epoch);
        if (epoch == u"=")
            epoch = m_epoch;
        write(5);
        for (const bool byAddress : {true, false}) {
            WsClient client;
            QVERIFY(client.open(byAddress ? address(since, epoch) : m_server->wsUrl()));
            if (!byAddress)
                client.send(resumeMessage(since, epoch));
            const auto resumed = client.waitForType("resumed"_L1);
            QVERIFY(resumed.has_value());
            QCOMPARE((*resumed)["data"_L1]["complete"_L1], QJsonValue(false));
            QCOMPARE(client.seqs(), QList<Seq>());
            write(1);
            const Seq head = m_client->get("/api/v1/events").data()["head"_L1].toInteger();
            QVERIFY2(client.waitForSeq(head), "live events go on");
            QCOMPARE(client.seqs(), QList<Seq>{head});
        }
    }

    void resume_again_isAnErrorAndChangesNothing_data()
    {
        QTest::addColumn<bool>("byAddress");
        QTest::newRow("after one by address") << true;
        QTest::newRow("after one by message") << false;
    }

    void resume_again_isAnErrorAndChangesNothing()
    {
        QFETCH(const bool, byAddress);
        write(5);
        WsClient client;
        QVERIFY(client.open(byAddress ? address(4, m_epoch) : m_server->wsUrl()));
        if (!byAddress)
            client.send(resumeMessage(4, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        client.send(resumeMessage(0, m_epoch));
        QVERIFY(client.waitForType("error"_L1).has_value());
        QVERIFY(client.sync().has_value());
        QCOMPARE(client.seqs(), QList<Seq>{5});
        write(1);
        QVERIFY(client.waitForSeq(6));
    }

    /// It has heard of it by another way, and what this session sends it will know again by its seq.
    void resume_fromBeyondTheHello_isComplete()
    {
        write(2);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        write(2);
        QVERIFY(client.waitForSeq(4));
        client.send(resumeMessage(3, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        checkResumed(client, 3, 3, true);
        write(1);
        QVERIFY(client.waitForSeq(5));
        QCOMPARE(client.seqs(), range(3, 5));
    }

    void addressWithNonsense_isAnErrorAndTheSessionIsLive_data()
    {
        QTest::addColumn<QString>("query");
        for (const char* query :
             {"since=", "since=-1", "since=1.5", "since=abc", "since=99999999999999999999"})
            QTest::newRow(query) << QString::fromLatin1(query);
    }

    void addressWithNonsense_isAnErrorAndTheSessionIsLive()
    {
        QFETCH(const QString, query);
        write(3);
        WsClient client;
        QUrl url = m_server->wsUrl();
        url.setQuery(query + u"&epoch="_s + m_epoch);
        QVERIFY(client.open(url));
        QVERIFY(client.waitForType("error"_L1).has_value());
        write(1);
        QVERIFY(client.waitForSeq(4));
        QCOMPARE(client.seqs(), QList<Seq>{4});
        client.send(resumeMessage(1, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        QCOMPARE(client.seqs(), (QList<Seq>{4, 2, 3}));
    }

    void resume_withNonsense_isAnError_data()
    {
        QTest::addColumn<QJsonValue>("since");
        QTest::newRow("negative") << QJsonValue(-1);
        QTest::newRow("text") << QJsonValue(u"1"_s);
        QTest::newRow("absent") << QJsonValue();
        QTest::newRow("fraction") << QJsonValue(1.5);
    }

    void resume_withNonsense_isAnError()
    {
        QFETCH(const QJsonValue, since);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send(
            {{u"type"_s, u"resume"_s}, {u"data"_s, QJsonObject{{u"epoch"_s, m_epoch}, {u"since"_s, since}}}});
        const auto error = client.waitForType("error"_L1);
        QVERIFY(error.has_value());
        QVERIFY(client.sync().has_value());
    }

    void session_withoutResume_startsAtItsHello()
    {
        write(4);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        QCOMPARE(client.helloSeq(), 4);
        write(2);
        QVERIFY(client.waitForSeq(6));
        QCOMPARE(client.seqs(), range(5, 6));
    }
};

PRISM_TEST(TestResumeElsewhere)

} // namespace tst_resume_elsewhere

#include "tst_resume_elsewhere.moc"
