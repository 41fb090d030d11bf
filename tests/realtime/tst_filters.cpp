#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

namespace tst_filters {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject message(const QString& type, const QString& key, const QString& value)
{
    return {{u"type"_s, type}, {u"data"_s, QJsonObject{{key, value}}}};
}

} // namespace

/// Subscriptions and rooms decide what a session gets.
class TestFilters : public ServerTest
{
    Q_OBJECT

private slots:
    void init()
    {
        startServer();
        m_ws = std::make_unique<WsClient>();
        QVERIFY(m_ws->open(m_server->wsUrl()));
    }

    void cleanup()
    {
        m_ws.reset();
        stopServer();
    }

    void subscription_narrows_data()
    {
        QTest::addColumn<QStringList>("patterns");
        QTest::addColumn<QStringList>("expected");
        const QString record = u"analytics:record:created"_s;
        const QString check = u"gateway:check:completed"_s;
        const QString retro = u"retro:created"_s;
        QTest::newRow("none") << QStringList() << QStringList{record, check, retro};
        QTest::newRow("one type") << QStringList{check} << QStringList{check};
        QTest::newRow("two types") << QStringList{check, retro} << QStringList{check, retro};
        QTest::newRow("prefix") << QStringList{u"analytics:*"_s} << QStringList{record};
        QTest::newRow("everything") << QStringList{u"*"_s} << QStringList{record, check, retro};
        QTest::newRow("overlapping") << QStringList{u"retro:*"_s, retro} << QStringList{retro};
        QTest::newRow("up to a colon") << QStringList{u"gateway:check"_s} << QStringList{check};
        QTest::newRow("up to the first colon") << QStringList{u"analytics"_s} << QStringList{record};
        QTest::newRow("with the colon") << QStringList{u"analytics:"_s} << QStringList{record};
        QTest::newRow("what is not sent yet") << QStringList{u"analytics:report:ready"_s} << QStringList();
    }

    void subscription_narrows()
    {
        QFETCH(const QStringList, patterns);
        QFETCH(const QStringList, expected);
        for (const QString& pattern : patterns) {
            const qsizetype from = m_ws->messages().size();
            m_ws->send(message(u"subscribe"_s, u"event"_s, pattern));
            const auto answer = m_ws->waitForType("subscribed"_L1, 5000, from);
            QVERIFY(answer.has_value());
            QCOMPARE((*answer)["data"_L1]["event"_L1].toString(), pattern);
        }
        QCOMPARE(typesOfOneOfEach(), expected);
    }

    /// What would be waited for in vain is said at once, and narrows nothing.
    void subscription_toWhatThereIsNot_isRefused_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char* pattern :
             {"weather:*", "weather", "gateway:che", "gateway:check:done", "Gateway:*", "**"})
            QTest::newRow(pattern) << QString::fromLatin1(pattern);
    }

    void subscription_toWhatThereIsNot_isRefused()
    {
        QFETCH(const QString, pattern);
        m_ws->send(message(u"subscribe"_s, u"event"_s, pattern));
        const auto answer = m_ws->waitForType("error"_L1);
        QVERIFY(answer.has_value());
        QCOMPARE((*answer)["data"_L1]["code"_L1].toString(), u"ERR_3001"_s);
        QVERIFY((*answer)["data"_L1]["details"_L1][0].toString().startsWith(u"event: "));
        QVERIFY(!m_ws->types().contains(u"subscribed"_s));
        QCOMPARE(typesOfOneOfEach().size(), 3);
    }

    /// Without another word of the client between its subscription and the event.
    void subscription_ofASessionThatKeepsUp_holdsForTheNextEvent()
    {
        const auto retro = [this] {
            return m_client->post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status;
        };
        const auto check = [this] {
            return m_client->post("/api/v1/gateway/checks", parseJson(R"({"status":"PASS","duration":1})"))
                .status;
        };
        QVERIFY(m_ws->sync().has_value());
        QCOMPARE(retro(), 201);
        QVERIFY(m_ws->waitForSeq(1));
        m_ws->send(message(u"subscribe"_s, u"event"_s, u"gateway:*"_s));
        QVERIFY(m_ws->waitForType("subscribed"_L1).has_value());
        QCOMPARE(retro(), 201);
        QCOMPARE(check(), 201);
        QVERIFY(m_ws->waitForSeq(3));
        QCOMPARE(m_ws->seqs(), (QList<prism::protocol::Seq>{1, 3}));
    }

    void unsubscribing_takesItBack()
    {
        m_ws->send(message(u"subscribe"_s, u"event"_s, u"retro:*"_s));
        m_ws->send(message(u"subscribe"_s, u"event"_s, u"gateway:*"_s));
        m_ws->send(message(u"unsubscribe"_s, u"event"_s, u"gateway:*"_s));
        QVERIFY(m_ws->waitForType("unsubscribed"_L1).has_value());
        QCOMPARE(typesOfOneOfEach(), QStringList{u"retro:created"_s});
        // Whoever subscribed once gets only what it is subscribed to, even if that is nothing.
        m_ws->send(message(u"unsubscribe"_s, u"event"_s, u"retro:*"_s));
        QVERIFY(m_ws->sync().has_value());
        QCOMPARE(typesOfOneOfEach(), QStringList());
    }

    void room_narrowsChecksAndRetrospectivesOnly()
    {
        m_ws->send(message(u"join"_s, u"room"_s, u"web"_s));
        const auto joined = m_ws->waitForType("room:joined"_L1);
        QVERIFY(joined.has_value());
        QCOMPARE((*joined)["data"_L1]["room"_L1].toString(), u"web"_s);
        QCOMPARE(projectsOfMany(), (QStringList{u"web"_s, u"record"_s, u"web"_s}));
        m_ws->send(message(u"join"_s, u"room"_s, u"api"_s));
        QVERIFY(m_ws->sync().has_value());
        QCOMPARE(projectsOfMany(), (QStringList{u"web"_s, u"api"_s, u"record"_s, u"web"_s, u"api"_s}));
        m_ws->send(message(u"leave"_s, u"room"_s, u"web"_s));
        QVERIFY(m_ws->waitForType("room:left"_L1).has_value());
        QCOMPARE(projectsOfMany(), (QStringList{u"api"_s, u"record"_s, u"api"_s}));
        m_ws->send(message(u"leave"_s, u"room"_s, u"api"_s));
        QVERIFY(m_ws->sync().has_value());
        QCOMPARE(projectsOfMany().size(), 7);
    }

    void room_hasItsGatesOnly()
    {
        m_ws->send(message(u"join"_s, u"room"_s, u"web"_s));
        QVERIFY(m_ws->waitForType("room:joined"_L1).has_value());
        for (const QString& project : {u"api"_s, u"web"_s}) {
            const QJsonObject check{
                {u"project"_s, project}, {u"gate"_s, u"unit"_s}, {u"status"_s, u"BLOCKED"_s}};
            QCOMPARE(m_client->post("/api/v1/gateway/checks", check).status, 201);
        }
        const auto changed = m_ws->waitForType("gate:changed"_L1);
        QVERIFY(changed.has_value());
        const QJsonValue gate = (*changed)["data"_L1];
        QCOMPARE(gate["project"_L1].toString(), u"web"_s);
        QCOMPARE(gate["gate"_L1].toString(), u"unit"_s);
        QVERIFY(gate["from"_L1].isNull());
        QCOMPARE(gate["to"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(gate["check"_L1]["project"_L1].toString(), u"web"_s);
        QCOMPARE(m_ws->seqs(), (QList<prism::protocol::Seq>{3, 4})); // behind its check
    }

    /// Whatever is one name for a check is one name for a room.
    void room_isNamedAsProjectsAre_data()
    {
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("project");
        const QString composed = u"\u00e9t\u00e9"_s;
        const QString decomposed = u"e\u0301te\u0301"_s;
        const QString rocket = QString::fromUcs4(U"\U0001F680");
        const auto row = [](const char* name, const QString& room, const QString& project) {
            QTest::newRow(name) << room << project;
        };
        row("composed and decomposed", composed, decomposed);
        row("decomposed and composed", decomposed, composed);
        row("decomposed", decomposed, decomposed);
        row("spaces around the room", u"  web\t"_s, u"web"_s);
        row("spaces around the project", u"web"_s, u"\u00a0web "_s);
        row("spaces within", u"web  shop"_s, u"web  shop"_s);
        row("a hundred characters", QString(100, u'x'), QString(100, u'x'));
        row("a hundred of two units", rocket.repeated(100), rocket.repeated(100));
        row("a hundred with spaces around", u' ' + QString(100, u'x') + u' ', QString(100, u'x'));
    }

    void room_isNamedAsProjectsAre()
    {
        QFETCH(const QString, room);
        QFETCH(const QString, project);
        m_ws->send(message(u"join"_s, u"room"_s, room));
        const auto joined = m_ws->waitForType("room:joined"_L1);
        QVERIFY(joined.has_value());
        const QString name = (*joined)["data"_L1]["room"_L1].toString();
        const HttpResponse stored = store(project);
        QCOMPARE(stored.status, 201);
        QCOMPARE(store(u"another"_s).status, 201);
        QVERIFY(m_ws->sync().has_value());
        QCOMPARE(m_ws->seqs(), QList<prism::protocol::Seq>{1});
        QCOMPARE(m_ws->events().last()["data"_L1]["project"_L1].toString(), name);
        m_ws->send(message(u"leave"_s, u"room"_s, room));
        QVERIFY(m_ws->waitForType("room:left"_L1).has_value());
        QCOMPARE(store(u"another"_s).status, 201);
        QVERIFY2(m_ws->waitForSeq(3), "it has left");
    }

    void room_thatCannotBeAProject_isRefused_data()
    {
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("code");
        QTest::newRow("empty") << QString() << u"ERR_1003"_s;
        QTest::newRow("spaces") << u" \t"_s << u"ERR_1003"_s;
        QTest::newRow("nothing to be seen") << u"\u200b\u200b"_s << u"ERR_1003"_s;
        QTest::newRow("long") << QString(101, u'x') << u"ERR_1005"_s;
        QTest::newRow("long, of two units")
            << QString::fromUcs4(U"\U0001F680").repeated(101) << u"ERR_1005"_s;
    }

    void room_thatCannotBeAProject_isRefused()
    {
        QFETCH(const QString, room);
        QFETCH(const QString, code);
        for (const QString& type : {u"join"_s, u"leave"_s}) {
            const qsizetype from = m_ws->messages().size();
            m_ws->send(message(type, u"room"_s, room));
            const auto answer = m_ws->waitForType("error"_L1, 5000, from);
            QVERIFY(answer.has_value());
            QCOMPARE((*answer)["data"_L1]["code"_L1].toString(), code);
            QVERIFY((*answer)["data"_L1]["details"_L1][0].toString().startsWith(u"room: "));
        }
        if (room.size() > 100)
            QCOMPARE(store(room).error(), code);
        QCOMPARE(projectsOfMany().size(), 7); // nothing was narrowed
    }

    void roomAndSubscription_holdTogether()
    {
        m_ws->send(message(u"join"_s, u"room"_s, u"web"_s));
        m_ws->send(message(u"subscribe"_s, u"event"_s, u"retro:created"_s));
        QVERIFY(m_ws->sync().has_value());
        QCOMPARE(projectsOfMany(), QStringList{u"web"_s});
    }

    void pong_countsWhatWasFilteredOut()
    {
        m_ws->send(message(u"subscribe"_s, u"event"_s, u"settings:*"_s));
        QVERIFY(m_ws->sync().has_value());
        typesOfOneOfEach();
        const auto pong = m_ws->sync();
        QVERIFY(pong.has_value());
        QCOMPARE((*pong)["data"_L1]["seq"_L1].toInteger(), 3);
    }

    void filters_ofOneSession_areItsOwn()
    {
        WsClient other;
        QVERIFY(other.open(m_server->wsUrl()));
        m_ws->send(message(u"subscribe"_s, u"event"_s, u"settings:*"_s));
        QVERIFY(m_ws->sync().has_value());
        typesOfOneOfEach();
        QVERIFY(other.waitForSeq(3));
        QCOMPARE(other.seqs().size(), 3);
    }

private:
    HttpResponse store(const QString& project)
    {
        return m_client->post(
            "/api/v1/gateway/checks",
            QJsonValue(QJsonObject{{u"status"_s, u"PASS"_s}, {u"duration"_s, 1}, {u"project"_s, project}}));
    }

    QStringList typesOfOneOfEach()
    {
        const qsizetype from = m_ws->events().size();
        static int number = 0;
        const QJsonObject record{{u"type"_s, u"custom"_s}, {u"name"_s, u"name %1"_s.arg(++number)}};
        m_client->post("/api/v1/analytics/records", QJsonValue(record));
        m_client->post("/api/v1/gateway/checks", parseJson(R"({"status":"PASS","duration":1})"));
        m_client->post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})"));
        if (!m_ws->sync())
            return {u"no pong"_s};
        QStringList types;
        for (const QJsonObject& event : m_ws->events().mid(from))
            types.append(event["type"_L1].toString());
        return types;
    }

    QStringList projectsOfMany()
    {
        const qsizetype from = m_ws->events().size();
        m_client->post("/api/v1/gateway/checks", parseJson(R"([{"status":"PASS","duration":1,"project":"web"},
                                     {"status":"PASS","duration":1,"project":"api"},
                                     {"status":"PASS","duration":1}])"));
        static int number = 0;
        const QJsonObject record{{u"type"_s, u"custom"_s}, {u"name"_s, u"room %1"_s.arg(++number)}};
        m_client->post("/api/v1/analytics/records", QJsonValue(record));
        for (const char* retro :
             {R"({"type":"quick","duration":1,"project":"web"})",
              R"({"type":"quick","duration":1,"project":"api"})", R"({"type":"quick","duration":1})"})
            m_client->post("/api/v1/retros", parseJson(retro));
        if (!m_ws->sync())
            return {u"no pong"_s};
        QStringList projects;
        for (const QJsonObject& event : m_ws->events().mid(from)) {
            const QJsonValue data = event["data"_L1];
            const QJsonValue entry = data.toObject().contains("retro"_L1) ? data["retro"_L1] : data;
            projects.append(data.toObject().contains("record"_L1) ? u"record"_s
                                                                  : entry["project"_L1].toString());
        }
        return projects;
    }

    std::unique_ptr<WsClient> m_ws;
};

PRISM_TEST(TestFilters)

} // namespace tst_filters

#include "tst_filters.moc"
