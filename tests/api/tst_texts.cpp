#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>
#include <QUrl>

namespace tst_texts {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray checks = "/api/v1/gateway/checks";

QJsonObject recordOf(const QString& name)
{
    return {{u"type"_s, u"custom"_s}, {u"name"_s, name}};
}

QByteArray encoded(const QString& text)
{
    return QUrl::toPercentEncoding(text);
}

} // namespace

/// Names, lengths and searches in Unicode, as a caller meets them.
class TestTexts : public ServerTest
{
    Q_OBJECT

    QStringList found(const QString& search)
    {
        QStringList names;
        const QJsonArray list =
            m_client->get(records + "?sortBy=name&search=" + encoded(search)).data().toArray();
        for (const auto& each : list)
            names.append(each.toObject()["name"_L1].toString());
        return names;
    }

private slots:
    void init() { startServer(); }
    void cleanup() { stopServer(); }

    void composedAndDecomposed_areOneName()
    {
        const auto first = m_client->post(records, recordOf(u"Cafe\u0301"_s));
        QCOMPARE(first.status, 201);
        QCOMPARE(first.data()["name"_L1].toString(), u"Caf\u00e9"_s);
        for (const QString& same : {u"Caf\u00e9"_s, u"Cafe\u0301"_s, u" Cafe\u0301\u3000"_s}) {
            const auto second = m_client->post(records, recordOf(same));
            QVERIFY2(second.status == 409, second.summary());
        }
        const auto other = m_client->post(records, recordOf(u"Other"_s));
        const QByteArray path = records + '/' + other.data()["id"_L1].toString().toLatin1();
        QCOMPARE(m_client->put(path, QJsonObject{{u"name"_s, u"Cafe\u0301"_s}}).status, 409);
        QCOMPARE(m_client->post(records + "/batch", QJsonArray{recordOf(u"e\u0301"_s), recordOf(u"\u00e9"_s)})
                     .status,
                 409);
        QCOMPARE(m_client->post(records, recordOf(u"CAF\u00c9"_s)).status, 201);
    }

    /// Whoever and whatever is named by a text is one, however the text is composed.
    void composedAndDecomposed_areOneProject()
    {
        const QJsonObject check{{u"id"_s, u"nu\u0301mero"_s},
                                {u"status"_s, u"PASS"_s},
                                {u"duration"_s, 1},
                                {u"project"_s, u"Cafe\u0301"_s},
                                {u"user"_s, u"Rene\u0301"_s}};
        QCOMPARE(m_client->post(checks, check).status, 201);
        QCOMPARE(m_client->get(checks + '/' + encoded(u"n\u00famero"_s)).status, 200);
        QCOMPARE(m_client->get(checks + '/' + encoded(u"nu\u0301mero"_s)).status, 200);
        qsizetype stored = 1;
        for (const QString& project : {u"Caf\u00e9"_s, u"Cafe\u0301"_s}) {
            QCOMPARE(m_client->get(checks + "?project=" + encoded(project)).data().toArray().size(),
                     stored++);
            QJsonObject again = check;
            again[u"project"_s] = project;
            again[u"user"_s] = u"Ren\u00e9"_s;
            again.remove(u"id"_s);
            QCOMPARE(m_client->post(checks, again).status, 201);
            QCOMPARE(m_client->post(checks, check).status, 200); // its id is there
        }
        QVERIFY(m_client->get("/api/v1/analytics/dashboard").body.contains(R"("activeUsers":1)"));
    }

    void search_findsInAnyCaseAndForm_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("small for capital") << u"ärzte"_s << QStringList{u"Die Ärzte"_s};
        QTest::newRow("decomposed") << u"a\u0308rzte"_s << QStringList{u"Die Ärzte"_s};
        QTest::newRow("capital for small") << u"ÜBUNG"_s << QStringList{u"eine übung"_s};
        QTest::newRow("two letters") << u"Ü"_s << QStringList{u"eine übung"_s};
        QTest::newRow("sharp s") << u"strasse"_s << QStringList{u"Hauptstraße"_s};
        QTest::newRow("Cyrillic") << u"ОТЧЁТ"_s << QStringList{u"Отчёт"_s};
        QTest::newRow("without the mark") << u"arzte"_s << QStringList{};
    }

    void search_findsInAnyCaseAndForm()
    {
        QFETCH(const QString, search);
        QFETCH(const QStringList, expected);
        for (const QString& name : {u"Die A\u0308rzte"_s, u"eine übung"_s, u"Hauptstraße"_s, u"Отчёт"_s})
            QCOMPARE(m_client->post(records, recordOf(name)).status, 201);
        QCOMPARE(found(search), expected);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(found(search), expected);
    }

    /// At the limit and one over, wherever a length is limited.
    void length_isCountedInCharacters()
    {
        const QString emoji = u"😀"_s;
        const auto status = [&](const QByteArray& path, const QJsonValue& json) {
            return m_client->post(path, json).status;
        };
        QCOMPARE(status(records, recordOf(emoji.repeated(100))), 201);
        const auto over = m_client->post(records, recordOf(emoji.repeated(101)));
        QCOMPARE(over.status, 400);
        QVERIFY2(over.details().contains(u"name: has 101 characters, at most 100 are allowed"_s),
                 over.summary());
        QCOMPARE(found(emoji.repeated(100)), QStringList{emoji.repeated(100)});
        QJsonObject described = recordOf(u"d"_s);
        described[u"description"_s] = emoji.repeated(500);
        QCOMPARE(status(records, described), 201);
        described[u"description"_s] = emoji.repeated(501);
        QCOMPARE(status(records, described), 400);
        const auto retro = [](const QString& lesson) {
            return QJsonObject{
                {u"type"_s, u"quick"_s}, {u"duration"_s, 1}, {u"lessons"_s, QJsonArray{lesson}}};
        };
        QCOMPARE(status("/api/v1/retros", retro(emoji.repeated(2000))), 201);
        QCOMPARE(status("/api/v1/retros", retro(emoji.repeated(2001))), 400);
        QCOMPARE(status("/api/v1/gateway/check", QJsonObject{{u"intent"_s, emoji.repeated(65536)}}), 201);
        QCOMPARE(status("/api/v1/gateway/check", QJsonObject{{u"intent"_s, emoji.repeated(65537)}}), 400);
    }

    void name_thatShowsNothing_isBlank_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("zero-width spaces") << u"\u200b\u200b"_s;
        QTest::newRow("no-break spaces") << u"\u00a0\u3000"_s;
        QTest::newRow("directional marks") << u"\u202e\u2066"_s;
        QTest::newRow("control characters") << u"\u0001\u001b"_s;
        QTest::newRow("fillers") << u"\u3164\u2800\ufe0f"_s;
        QTest::newRow("all of them") << u" \u200b\u3164\u202e\t"_s;
    }

    void name_thatShowsNothing_isBlank()
    {
        QFETCH(const QString, name);
        const auto refused = m_client->post(records, recordOf(name));
        QVERIFY2(refused.status == 400 && refused.error() == u"ERR_1003"_s, refused.summary());
        QVERIFY2(refused.details().startsWith(u"name: must not be"_s), refused.summary());
        QCOMPARE(m_client->post(records, recordOf(name + u'x' + name)).status, 201);
        const auto check = m_client->post(
            checks, QJsonObject{{u"status"_s, u"PASS"_s}, {u"duration"_s, 1}, {u"user"_s, name}});
        QCOMPARE(check.status, 201);
        QVERIFY(!check.data().toObject().contains("user"_L1));
        QVERIFY(m_client->get("/api/v1/analytics/dashboard").body.contains(R"("activeUsers":0)"));
    }

    /// What can be kept comes back as it was, after a restart too: directional marks and control characters
    /// are a text's own affair.
    void otherCharacters_areKept()
    {
        const QString odd = u"a\u202eb\u001bc\u0001d\u2028e\ufffff\ufffe\U0010ffffg\u200dh\u007f"_s;
        QCOMPARE(m_client->post(records, recordOf(odd)).status, 201);
        QCOMPARE(
            m_client
                ->post(checks, QJsonObject{{u"status"_s, u"PASS"_s}, {u"duration"_s, 1}, {u"project"_s, odd}})
                .status,
            201);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get(records).data()[0]["name"_L1].toString(), odd);
        QCOMPARE(m_client->get(checks).data()[0]["project"_L1].toString(), odd);
        QCOMPARE(m_client->get(checks + "?project=" + encoded(odd)).data().toArray().size(), 1);
    }

    void queryNumber_isDigitsAlone_data()
    {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<int>("status");
        for (const char* good : {"1", "100", "101", "007", "9223372036854775807"})
            QTest::newRow(good) << QByteArray(good) << 200;
        for (const char* bad : {"9223372036854775808", "0", "-1", "%2B5", "%205", "5%20", "1e1", "1.0", "0x5",
                                "-99999999999999999999", "", "%D9%A5", "five"})
            QTest::newRow(bad) << QByteArray(bad) << 400;
    }

    void queryNumber_isDigitsAlone()
    {
        QFETCH(const QByteArray, limit);
        QFETCH(const int, status);
        const auto answer = m_client->get(records + "?limit=" + limit);
        QVERIFY2(answer.status == status, answer.summary());
    }

    void time_thatIsRefused_saysWhy()
    {
        const auto detail = [this](const QString& time) {
            return m_client
                ->post(checks,
                       QJsonObject{{u"status"_s, u"PASS"_s}, {u"duration"_s, 1}, {u"timestamp"_s, time}})
                .details();
        };
        QVERIFY(detail(u"2026-02-07T22:30:00"_s).contains(u"timestamp: must be an ISO 8601 time"_s));
        QVERIFY(detail(u"2026-02-07T22:30:00"_s).contains(u"no zone"_s));
        QVERIFY(detail(u"2026-02-30T22:30:00Z"_s).contains(u"no day 30"_s));
        QVERIFY(detail(u"2026-02-07T22:30:60.000Z"_s).contains(u"leap second"_s));
        QVERIFY(detail(u"9999-01-01T00:00:00Z"_s).contains(u"more than 5 minutes ahead"_s));
        QVERIFY(m_client->get(checks + "?from=2026-02-07T22:30:00+01:00").details().contains(u"%2B"_s));
        QCOMPARE(m_client->get(checks + "?from=2026-02-07T22:30:00%2B01:00").status, 200);
    }
};

PRISM_TEST(TestTexts)

} // namespace tst_texts

#include "tst_texts.moc"
