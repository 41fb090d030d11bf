#include "server/api/access_rules.h"
#include "tests/support/test_program.h"

#include <QTest>

using prism::api::AccessRules;
using prism::http::Request;

class AccessRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void onLoopback_onlyLoopbackHosts_areAnswered_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("answered");
        QTest::newRow("name") << QByteArray("localhost:3000") << true;
        QTest::newRow("capitals") << QByteArray("LocalHost") << true;
        QTest::newRow("v4") << QByteArray("127.0.0.1:3000") << true;
        QTest::newRow("other v4") << QByteArray("127.9.9.9") << true;
        QTest::newRow("v6") << QByteArray("[::1]:3000") << true;
        QTest::newRow("below localhost") << QByteArray("app.localhost") << true;
        QTest::newRow("rebound name") << QByteArray("evil.example:3000") << false;
        QTest::newRow("looks alike") << QByteArray("localhost.evil.example") << false;
        QTest::newRow("address") << QByteArray("192.168.0.5") << false;
        QTest::newRow("empty") << QByteArray("") << false;
    }

    void onLoopback_onlyLoopbackHosts_areAnswered()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, answered);
        Request request;
        request.headers.add("host", host);
        QCOMPARE(!AccessRules(true, {}).checkHost(request).has_value(), answered);
        QVERIFY(!AccessRules(false, {}).checkHost(request).has_value());
    }

    void foreignOrigins_areRefusedUnlessListed_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("none") << QByteArray() << true;
        QTest::newRow("own") << QByteArray("http://localhost:3000") << true;
        QTest::newRow("other port") << QByteArray("http://localhost:8080") << false;
        QTest::newRow("other scheme") << QByteArray("https://localhost:3000") << false;
        QTest::newRow("opaque") << QByteArray("null") << false;
        QTest::newRow("foreign") << QByteArray("https://evil.example") << false;
        QTest::newRow("listed") << QByteArray("https://board.example") << true;
    }

    void foreignOrigins_areRefusedUnlessListed()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, allowed);
        Request request;
        request.headers.add("host", "localhost:3000");
        if (!origin.isNull())
            request.headers.add("origin", origin);
        const AccessRules rules(true, {QStringLiteral("https://board.example")});
        QCOMPARE(!rules.checkOrigin(request).has_value(), allowed);
        QCOMPARE(!rules.corsHeaders(request).isEmpty(), origin == "https://board.example");
    }
};

PRISM_APPLESS_TEST(AccessRulesTest)
#include "tst_access_rules.moc"
