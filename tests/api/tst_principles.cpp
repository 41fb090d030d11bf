#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <atomic>
#include <thread>

namespace tst_principles {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray principles = "/api/v1/gateway/principles";
const QByteArray versions = principles + "/versions";
const QByteArray check = "/api/v1/gateway/check";
const QString updated = u"principles:updated"_s;

/// Rules under which this word alone is blocked.
QJsonObject rulesAgainst(const QString& word)
{
    return {{u"principles"_s, QJsonArray{QJsonObject{{u"id"_s, word},
                                                     {u"name"_s, word},
                                                     {u"level"_s, u"HARD_BLOCK"_s},
                                                     {u"keywords"_s, QJsonArray{word}},
                                                     {u"violation_message"_s, u"no"_s}}}}};
}

/// "3<-1 2 1 0*": newest first, with what each was restored from, the current one starred.
QString describe(const QJsonValue& list)
{
    QStringList words;
    const QJsonArray array = list.toArray();
    for (const auto& each : array) {
        QString word = QString::number(each["version"_L1].toInt());
        if (!each["restoredFrom"_L1].isUndefined())
            word += u"<-"_s + QString::number(each["restoredFrom"_L1].toInt());
        words.append(word + (each["current"_L1].toBool() ? u"*"_s : QString()));
    }
    return words.join(u' ');
}

} // namespace

/// Changing the rules and going back, on a real server.
class TestPrinciples : public ServerTest
{
    Q_OBJECT

private slots:
    void cleanup() { stopServer(); }

    void freshServer_hasTheBuiltInRules()
    {
        startServer();
        const HttpResponse response = m_client->get(principles);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.data()["version"_L1].toInt(-1), 0);
        QCOMPARE(response.data()["builtIn"_L1].toBool(), true);
        QVERIFY(!response.data()["rules"_L1]["principles"_L1].toArray().isEmpty());
        QCOMPARE(describe(m_client->get(versions).data()), u"0*"_s);
        QCOMPARE(m_client->put(principles, response.data()["rules"_L1]).status, 200);
    }

    void put_holdsAtOnceAndIsTold()
    {
        startServer();
        const auto before = position(*m_client);
        const QJsonObject rules = rulesAgainst(u"alpha"_s);
        const HttpResponse put = m_client->put(principles, rules);
        QVERIFY2(put.status == 200, put.summary().constData());
        QCOMPARE(put.header("etag"), "\"1\"");
        QCOMPARE(put.data()["rules"_L1].toObject(), rules);
        QCOMPARE(m_client->get(principles).data(), put.data());
        QCOMPARE(m_client->get(principles, {{"If-None-Match", "\"1\""}}).status, 304);
        QCOMPARE(verdict(u"alpha"_s), u"BLOCKED"_s);
        const QJsonArray events = eventsSince(*m_client, before);
        QCOMPARE(events[0]["type"_L1].toString(), updated);
        QCOMPARE(events[0]["data"_L1]["version"_L1].toInt(), 1);
        QCOMPARE(events[0]["data"_L1]["principles"_L1].toInt(), 1);
    }

    /// Every worker must know the new rules once their change was acknowledged, whoever asks.
    void put_holdsForEveryWorkerOnceAcknowledged()
    {
        startServer({u"--workers"_s, u"4"_s});
        std::vector<std::unique_ptr<RestClient>> clients;
        for (int i = 0; i < 8; ++i)
            clients.push_back(std::make_unique<RestClient>(m_server->httpUrl()));
        for (int round = 1; round <= 20; ++round) {
            const QString word = u"word"_s + QString::number(round);
            QCOMPARE(clients[std::size_t(round) % clients.size()]->put(principles, rulesAgainst(word)).status,
                     200);
            for (const auto& client : clients) {
                const HttpResponse judged = client->post(check, QJsonObject{{u"intent"_s, word}});
                QCOMPARE(judged.data()["status"_L1].toString(), u"BLOCKED"_s);
                QCOMPARE(judged.data()["judgement"_L1]["rulesVersion"_L1].toInt(), round);
            }
        }
    }

    /// A judgement under the old or the new rules is right, one under a mixture is not.
    void put_whileOthersJudge_neverMixesRules()
    {
        startServer({u"--workers"_s, u"2"_s});
        QCOMPARE(m_client->put(principles, rulesAgainst(u"even"_s)).status, 200);
        std::atomic<bool> stop = false;
        std::atomic<int> judged = 0;
        std::atomic<int> wrong = 0;
        std::thread other([&] {
            RestClient client(m_server->httpUrl());
            while (!stop) {
                const QJsonObject data =
                    client.post(check, QJsonObject{{u"intent"_s, u"odd even"_s}}).data().toObject();
                const bool isOdd = data["judgement"_L1]["rulesVersion"_L1].toInt() % 2 == 0;
                wrong +=
                    data["violations"_L1][0]["principleId"_L1].toString() != (isOdd ? u"odd"_s : u"even"_s);
                ++judged;
            }
        });
        for (int i = 0; i < 30; ++i)
            m_client->put(principles, rulesAgainst(i % 2 == 0 ? u"odd"_s : u"even"_s));
        QTRY_VERIFY(judged > 20);
        stop = true;
        other.join();
        QCOMPARE(wrong.load(), 0);
    }

    void restart_keepsTheRules()
    {
        startServer();
        m_client->put(principles, rulesAgainst(u"alpha"_s));
        m_client->put(principles, rulesAgainst(u"beta"_s));
        const QJsonValue before = m_client->get(principles).data();
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get(principles).data(), before);
        QCOMPARE(verdict(u"beta"_s), u"BLOCKED"_s);
        QCOMPARE(verdict(u"alpha"_s), u"PASS"_s);
    }

    void restart_withLowerLimits_keepsTheRules()
    {
        startServer();
        m_client->put(principles, rulesAgainst(u"longerthanthree"_s));
        m_server->setArguments({u"--max-principles"_s, u"1"_s, u"--max-regex-length"_s, u"3"_s});
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(verdict(u"longerthanthree"_s), u"BLOCKED"_s);
    }

    void refusedRules_changeNothing()
    {
        startServer();
        m_client->put(principles, rulesAgainst(u"alpha"_s));
        const auto before = position(*m_client);
        QJsonObject rules = rulesAgainst(u"beta"_s);
        QJsonArray list = rules["principles"_L1].toArray();
        list.append(
            QJsonObject{{u"id"_s, u"x"_s}, {u"patterns"_s, QJsonArray{QJsonObject{{u"regex"_s, u"("_s}}}}});
        rules.insert(u"principles"_s, list);
        const HttpResponse response = m_client->put(principles, rules);
        QCOMPARE(response.status, 400);
        QVERIFY2(response.details().contains(u"principles[1].patterns[0].regex: "_s),
                 response.summary().constData());
        QVERIFY(response.details().contains(u"principles[1].level: is required"_s));
        QCOMPARE(verdict(u"alpha"_s), u"BLOCKED"_s);
        QCOMPARE(describe(m_client->get(versions).data()), u"1* 0"_s);
        QCOMPARE(eventTypesSince(*m_client, before), QStringList{u"gateway:check:completed"_s});
    }

    void tooLargeFile_isRefusedUnread()
    {
        startServer({u"--max-body-bytes"_s, u"2000"_s});
        const HttpResponse response = m_client->put(principles, rulesAgainst(QString(2000, u'x')));
        QCOMPARE(response.status, 413);
        QCOMPARE(response.error(), u"ERR_1005"_s);
    }

    void tooManyPrinciples_areRefused()
    {
        startServer({u"--max-principles"_s, u"1"_s});
        QJsonObject rules = rulesAgainst(u"alpha"_s);
        QJsonArray list = rules["principles"_L1].toArray();
        list.append(rulesAgainst(u"beta"_s)["principles"_L1][0]);
        rules.insert(u"principles"_s, list);
        const HttpResponse response = m_client->put(principles, rules);
        QCOMPARE(response.status, 400);
        QCOMPARE(response.error(), u"ERR_1005"_s);
        QCOMPARE(response.details(), u"principles: has 2 entries, at most 1 are allowed"_s);
    }

    void restore_bringsAVersionBackAsANewOne()
    {
        startServer();
        m_client->put(principles, rulesAgainst(u"alpha"_s));
        m_client->put(principles, rulesAgainst(u"beta"_s));
        const auto before = position(*m_client);
        const HttpResponse restored = m_client->post(versions + "/1/restore", QByteArray());
        QVERIFY2(restored.status == 200, restored.summary().constData());
        QCOMPARE(restored.data()["version"_L1].toInt(), 3);
        QCOMPARE(restored.data()["restoredFrom"_L1].toInt(), 1);
        QCOMPARE(restored.data()["rules"_L1].toObject(), rulesAgainst(u"alpha"_s));
        QCOMPARE(eventTypesSince(*m_client, before), QStringList{updated});
        QCOMPARE(verdict(u"alpha"_s), u"BLOCKED"_s);
        QCOMPARE(verdict(u"beta"_s), u"PASS"_s);
        QCOMPARE(describe(m_client->get(versions).data()), u"3<-1* 2 1 0"_s);
        QCOMPARE(m_client->get(versions + "/2").data()["rules"_L1].toObject(), rulesAgainst(u"beta"_s));
    }

    void restore_ofTheBuiltInRules()
    {
        startServer();
        const QJsonValue builtIn = m_client->get(principles).data()["rules"_L1];
        m_client->put(principles, rulesAgainst(u"alpha"_s));
        const HttpResponse restored = m_client->post(versions + "/0/restore", QByteArray());
        QCOMPARE(restored.data()["version"_L1].toInt(), 2);
        QCOMPARE(restored.data()["rules"_L1], builtIn);
        QCOMPARE(verdict(u"alpha"_s), u"PASS"_s);
    }

    void unknownVersion_isNotFound_data()
    {
        QTest::addColumn<QByteArray>("version");
        for (const char* version : {"2", "-1", "x", "99999999999999999999"})
            QTest::newRow(version) << QByteArray(version);
    }

    void unknownVersion_isNotFound()
    {
        QFETCH(QByteArray, version);
        startServer();
        m_client->put(principles, rulesAgainst(u"alpha"_s));
        QCOMPARE(m_client->get(versions + '/' + version).status, 404);
        QCOMPARE(m_client->post(versions + '/' + version + "/restore", QByteArray()).status, 404);
    }

    void oldVersions_areNotKeptForEver()
    {
        startServer({u"--rule-versions"_s, u"2"_s});
        for (int i = 0; i < 4; ++i)
            QCOMPARE(m_client->put(principles, rulesAgainst(QString::number(i))).status, 200);
        QCOMPARE(describe(m_client->get(versions).data()), u"4* 3 0"_s);
        QCOMPARE(m_client->post(versions + "/2/restore", QByteArray()).status, 404);
    }

    void ifMatch_keepsOneFromOverwritingAnothersRules()
    {
        startServer();
        m_client->put(principles, rulesAgainst(u"alpha"_s), {{"If-Match", "\"0\""}});
        QCOMPARE(verdict(u"alpha"_s), u"BLOCKED"_s);
        const HttpResponse late = m_client->put(principles, rulesAgainst(u"beta"_s), {{"If-Match", "\"0\""}});
        QCOMPARE(late.status, 412);
        QCOMPARE(late.error(), u"ERR_4002"_s);
        QCOMPARE(verdict(u"beta"_s), u"PASS"_s);
    }

    void sameKey_writesOnce()
    {
        startServer();
        const RestClient::Headers key{{"Idempotency-Key", "k"}};
        const HttpResponse first = m_client->put(principles, rulesAgainst(u"alpha"_s), key);
        m_client->put(principles, rulesAgainst(u"beta"_s));
        QCOMPARE(m_client->put(principles, rulesAgainst(u"alpha"_s), key).data(), first.data());
        QCOMPARE(verdict(u"beta"_s), u"BLOCKED"_s);
        QCOMPARE(describe(m_client->get(versions).data()), u"2* 1 0"_s);
    }

private:
    QString verdict(const QString& intent)
    {
        return m_client->post(check, QJsonObject{{u"intent"_s, intent}}).data()["status"_L1].toString();
    }
};

PRISM_TEST(TestPrinciples)

} // namespace tst_principles

#include "tst_principles.moc"
