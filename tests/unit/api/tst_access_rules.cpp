#include "server/api/access_rules.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_access_rules {

using prism::api::AccessRules;
using prism::http::Request;

class AccessRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void onlyLoopbackAndNamedHosts_areAnswered_data()
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
        QTest::newRow("named") << QByteArray("prism.EXAMPLE:3000") << true;
        QTest::newRow("below the named") << QByteArray("a.prism.example") << false;
        QTest::newRow("longer than the named") << QByteArray("prism.example.evil") << false;
        QTest::newRow("named address") << QByteArray("10.0.0.1:80") << true;
        QTest::newRow("named v6 address") << QByteArray("[FD00::1]:80") << true;
    }

    void onlyLoopbackAndNamedHosts_areAnswered()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, answered);
        Request request;
        request.headers.add("host", host);
        request.authority = host;
        const AccessRules rules(
            {QStringLiteral("Prism.example"), QStringLiteral("10.0.0.1"), QStringLiteral("fd00::1")}, {});
        QCOMPARE(!rules.checkHost(request).has_value(), answered);
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
        request.authority = "localhost:3000";
        if (!origin.isNull())
            request.headers.add("origin", origin);
        const AccessRules rules({}, {QStringLiteral("https://board.example")});
        QCOMPARE(!rules.checkOrigin(request).has_value(), allowed);
        QCOMPARE(rules.corsHeaders(request).size() > 1, origin == "https://board.example");
        QCOMPARE(rules.corsHeaders(request).first().first, QByteArray("Vary"));
        QVERIFY(AccessRules({}, {}).corsHeaders(request).isEmpty());
    }

    void ownOrigin_isThatOfTheScheme_data()
    {
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("authority");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("own");
        const auto row = [](const QByteArray& scheme, const QByteArray& authority, const QByteArray& origin,
                            bool own) {
            QTest::newRow((origin + " of " + scheme + ' ' + authority).constData())
                << scheme << authority << origin << own;
        };
        row("http", "localhost:80", "http://localhost", true);
        row("http", "localhost:443", "http://localhost", false);
        row("https", "localhost:443", "https://localhost", true);
        row("https", "LOCALHOST:3000", "https://localhost:3000", true);
        row("https", "localhost:80", "https://localhost", false);
        row("https", "localhost:3000", "http://localhost:3000", false);
    }

    void ownOrigin_isThatOfTheScheme()
    {
        QFETCH(const QByteArray, scheme);
        QFETCH(const QByteArray, authority);
        QFETCH(const QByteArray, origin);
        QFETCH(const bool, own);
        Request request;
        request.authority = authority;
        request.headers.add("origin", origin);
        QCOMPARE(!AccessRules({}, {}, scheme).checkOrigin(request).has_value(), own);
    }
};

PRISM_APPLESS_TEST(AccessRulesTest)

} // namespace tst_access_rules

#include "tst_access_rules.moc"
