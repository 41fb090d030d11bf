#include "server/http/trusted_proxies.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_trusted_proxies {

using namespace prism::http;
using namespace Qt::StringLiterals;

namespace {

TrustedProxies::Settings settingsOf(const QStringList& networks, bool socketPeers = false)
{
    TrustedProxies::Settings settings;
    for (const QString& network : networks)
        settings.networks.push_back(Network::read(network).value());
    settings.socketPeers = socketPeers;
    return settings;
}

QHostAddress address(const QString& text)
{
    return text.isEmpty() ? QHostAddress() : QHostAddress(text);
}

} // namespace

class TrustedProxiesTest : public QObject
{
    Q_OBJECT

private slots:
    void network_isReadStrictly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        for (const char* text : {"10.0.0.0/8", "10.1.2.3", "10.1.2.3/32", "127.0.0.0/8", "0.0.0.0/0", "::/0",
                                 "fd00::/8", "2001:db8::1", "2001:db8::1/128", "::1", "2001:db8:0:4000::/50"})
            QTest::newRow(text) << QString::fromLatin1(text) << true;
        for (const char* text : {"",
                                 "/",
                                 "/8",
                                 "10.0.0.0/",
                                 "10.0.0.0/33",
                                 "10.0.0.0/-1",
                                 "10.0.0.0/+8",
                                 "10.0.0.0/8/8",
                                 "10.0.0.1/8",
                                 "10.0.0.0/ 8",
                                 "10/8",
                                 "10.0/16",
                                 "010.0.0.0/8",
                                 "10.0.0.256",
                                 "10.0.0.0:80",
                                 "10.0.0.0/255.0.0.0",
                                 "fd00::1/8",
                                 "fd00::/129",
                                 "[fd00::]/8",
                                 "fe80::1%eth0",
                                 "::ffff:10.0.0.1",
                                 "prism.example",
                                 "2001:db8:0:4000::/49",
                                 "unix"})
            QTest::newRow(text) << QString::fromLatin1(text) << false;
    }

    void network_isReadStrictly()
    {
        QFETCH(const QString, text);
        QFETCH(const bool, good);
        QCOMPARE(Network::read(text).has_value(), good);
    }

    void node_isAnAddressWithAPortOrWithout_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const QByteArray& text, const QString& expected) {
            QTest::newRow(text.left(60)) << text << expected;
        };
        row("1.2.3.4", u"1.2.3.4"_s);
        row("1.2.3.4:5", u"1.2.3.4"_s);
        row("2001:db8::1", u"2001:db8::1"_s);
        row("[2001:db8::1]", u"2001:db8::1"_s);
        row("[2001:db8::1]:4711", u"2001:db8::1"_s);
        row("::ffff:1.2.3.4", u"1.2.3.4"_s);
        row("[::ffff:1.2.3.4]:5", u"1.2.3.4"_s);
        for (const char* text : {"",
                                 "1.2.3",
                                 "1",
                                 "1.2.3.4.5",
                                 "01.2.3.4",
                                 "0x1.2.3.4",
                                 "1.2.3.256",
                                 "1.2.3.4:",
                                 "1.2.3.4:x",
                                 "1.2.3.4:65536",
                                 "1.2.3.4:-1",
                                 " 1.2.3.4",
                                 "1.2.3.4 ",
                                 "[1.2.3.4]",
                                 "[1.2.3.4]:5",
                                 "[::1",
                                 "[::1]x",
                                 "[::1]:",
                                 "[::1]:x",
                                 "::1]",
                                 "fe80::1%eth0",
                                 "[fe80::1%1]",
                                 "2001:db8::1:::",
                                 "unknown",
                                 "_hidden",
                                 "localhost",
                                 "1.2.3.4,5.6.7.8",
                                 "\"1.2.3.4\"",
                                 "::1::2",
                                 "[]",
                                 "[]:5"})
            row(text, QString());
        row(QByteArray("1.2.3.4\0", 8), QString());
        row(QByteArray(100'000, '1'), QString());
        row(QByteArray(100'000, ':'), QString());
    }

    void node_isAnAddressWithAPortOrWithout()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, expected);
        const auto read = readNode(text);
        QCOMPARE(read ? read->toString() : QString(), expected);
    }

    /// Trusted are 10.0.0.0/8 and fd00::/8; the peer is 10.0.0.1 where none is named.
    void request_isFromWhomItsProxiesSay_data()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<QByteArrayList>("fields");
        QTest::addColumn<QString>("from");
        QTest::addColumn<bool>("believed");
        const auto row = [](const char* name, const QByteArrayList& fields, const char* from, bool believed,
                            const char* peer = "10.0.0.1") {
            QTest::newRow(name) << QString::fromLatin1(peer) << fields << QString::fromLatin1(from)
                                << believed;
        };
        const QByteArray x = "X-Forwarded-For: ";
        const QByteArray f = "Forwarded: ";
        row("nothing said", {}, "10.0.0.1", true);
        row("one", {x + "1.2.3.4"}, "1.2.3.4", true);
        row("a stranger says so", {x + "1.2.3.4"}, "9.9.9.9", true, "9.9.9.9");
        row("a stranger says nonsense", {x + "%%%"}, "9.9.9.9", true, "9.9.9.9");
        row("v6", {x + "2001:db8::1"}, "2001:db8::1", true, "fd00::5");
        row("v6 and port", {x + "[2001:db8::1]:4711"}, "2001:db8::1", true);
        row("chain", {x + "1.2.3.4, 10.0.0.7, 10.0.0.8"}, "1.2.3.4", true);
        row("chain over fields", {x + "1.2.3.4", x + "10.0.0.7"}, "1.2.3.4", true);
        row("spoofed chain", {x + "6.6.6.6, 7.7.7.7, 1.2.3.4"}, "1.2.3.4", true);
        row("spoofed proxy", {x + "6.6.6.6, 10.0.0.9, 1.2.3.4, 10.0.0.7"}, "1.2.3.4", true);
        row("spoofed by another field", {x + "6.6.6.6", x + "1.2.3.4"}, "1.2.3.4", true);
        row("nonsense in front", {x + "%%%, \"\\, 1.2.3.4"}, "1.2.3.4", true);
        row("nonsense at the end", {x + "1.2.3.4, %%%"}, "10.0.0.1", false);
        row("nothing at the end", {x + "1.2.3.4,"}, "10.0.0.1", false);
        row("empty", {x}, "10.0.0.1", false);
        row("all trusted", {x + "10.0.0.5, 10.0.0.6"}, "10.0.0.5", true);
        row("unknown", {x + "unknown"}, "10.0.0.1", true);
        row("unknown behind a proxy", {x + "unknown, 10.0.0.7"}, "10.0.0.7", true);
        row("spoofed behind unknown", {x + "6.6.6.6, unknown"}, "10.0.0.1", true);
        row("huge list", {x + QByteArray("6.6.6.6, ").repeated(1'500) + "1.2.3.4"}, "1.2.3.4", true);
        row("huge list of proxies", {x + "1.2.3.4" + QByteArray(", 10.0.0.7").repeated(1'500)}, "10.0.0.1",
            false);
        row("as many proxies as may be", {x + "1.2.3.4" + QByteArray(", 10.0.0.7").repeated(31)}, "1.2.3.4",
            true);
        row("one more", {x + "1.2.3.4" + QByteArray(", 10.0.0.7").repeated(32)}, "10.0.0.1", false);

        row("pair", {f + "for=1.2.3.4"}, "1.2.3.4", true);
        row("pair, capitals", {f + "FOR=1.2.3.4;Proto=https"}, "1.2.3.4", true);
        row("pair, v6", {f + "for=\"[2001:db8::1]:4711\";proto=https;by=_x"}, "2001:db8::1", true);
        row("pair, v6 unquoted", {f + "for=[2001:db8::1]"}, "10.0.0.1", false);
        row("pair, port unquoted", {f + "for=1.2.3.4:5"}, "10.0.0.1", false);
        row("pairs", {f + "for=1.2.3.4, for=10.0.0.7;proto=http"}, "1.2.3.4", true);
        row("pairs over fields", {f + "for=1.2.3.4", f + "for=10.0.0.7"}, "1.2.3.4", true);
        row("pairs, spoofed", {f + "for=6.6.6.6, for=1.2.3.4"}, "1.2.3.4", true);
        row("pairs, a quote is left open in front", {f + "for=\"6.6.6.6, for=1.2.3.4"}, "1.2.3.4", true);
        row("pairs, a quote is left open before a quoted one", {f + "for=\"6.6.6.6, for=\"[2001:db8::1]\""},
            "2001:db8::1", true);
        row("pairs, a slash in front", {f + "for=\"\\, for=\"1.2.3.4\""}, "1.2.3.4", true);
        row("pairs, comma in quotes", {f + "for=1.2.3.4;ext=\"a, for=6.6.6.6\""}, "1.2.3.4", true);
        row("pairs, escaped", {f + "for=\"1.2.3\\.4\";ext=\"\\\"\\\\\""}, "1.2.3.4", true);
        row("pairs, quote left open", {f + "for=\"1.2.3.4"}, "10.0.0.1", false);
        row("pairs, twice for", {f + "for=1.2.3.4;for=6.6.6.6"}, "10.0.0.1", false);
        row("pairs, no for", {f + "proto=https"}, "10.0.0.1", true);
        row("pairs, no value", {f + "for="}, "10.0.0.1", false);
        row("pairs, no name", {f + "=1.2.3.4"}, "10.0.0.1", false);
        row("pairs, spaces", {f + "for = 1.2.3.4"}, "10.0.0.1", false);
        row("pairs, spaces around semicolons", {f + "for=1.2.3.4 ; proto=https"}, "1.2.3.4", true);
        row("pairs, no pair", {f + "1.2.3.4"}, "10.0.0.1", false);
        row("pairs, hidden", {f + "for=_hidden"}, "10.0.0.1", true);
        row("pairs, hidden with a port", {f + "for=\"_hidden:_port\""}, "10.0.0.1", true);
        row("pairs, hidden behind a proxy", {f + "for=_SEVKISEK, for=10.0.0.7"}, "10.0.0.7", true);
        row("pairs, a sign that hides nothing", {f + "for=_"}, "10.0.0.1", false);
        row("pairs, too many", {f + "for=1.2.3.4" + QByteArray(";a=b").repeated(100)}, "10.0.0.1", false);
        row("pairs, a huge list", {f + QByteArray("for=6.6.6.6,").repeated(1'200) + "for=1.2.3.4"}, "1.2.3.4",
            true);
        row("pairs, only quotes", {f + QByteArray(15'000, '"')}, "10.0.0.1", false);
        row("pairs, only slashes", {f + '"' + QByteArray(15'000, '\\') + '"'}, "10.0.0.1", false);

        row("both agree", {x + "1.2.3.4", f + "for=1.2.3.4"}, "1.2.3.4", true);
        row("a client's pairs passed on", {x + "1.2.3.4", f + "for=6.6.6.6"}, "10.0.0.1", false);
        row("a client's addresses passed on", {x + "6.6.6.6", f + "for=1.2.3.4"}, "10.0.0.1", false);
        row("a client's nonsense passed on", {x + "1.2.3.4", f + "nonsense"}, "10.0.0.1", false);
    }

    void request_isFromWhomItsProxiesSay()
    {
        QFETCH(const QString, peer);
        QFETCH(const QByteArrayList, fields);
        QFETCH(const QString, from);
        QFETCH(const bool, believed);
        const TrustedProxies proxies(settingsOf({u"10.0.0.0/8"_s, u"fd00::/8"_s}));
        Request head;
        head.peer = address(peer);
        head.authority = "prism.example";
        for (const QByteArray& field : fields)
            head.headers.add(field.left(field.indexOf(':')), field.mid(field.indexOf(':') + 1).trimmed());
        proxies.apply(head);
        QCOMPARE(head.peer.toString(), from);
        QCOMPARE(proxies.unbelieved(), believed ? 0U : 1U);
        QCOMPARE(head.authority, "prism.example"_ba);
    }

    void schemeAndHost_areTheFirstTrustedOnes_data()
    {
        QTest::addColumn<QByteArrayList>("fields");
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("host");
        const QByteArray none;
        QTest::newRow("nothing") << QByteArrayList{} << none << "inner"_ba;
        QTest::newRow("single") << QByteArrayList{"X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https",
                                                  "X-Forwarded-Host: prism.example:8443"}
                                << "https"_ba
                                << "prism.example:8443"_ba;
        QTest::newRow("without an address") << QByteArrayList{"X-Forwarded-Proto: HTTPS"} << "https"_ba
                                            << "inner"_ba;
        QTest::newRow("of a WebSocket") << QByteArrayList{"X-Forwarded-Proto: wss"} << "https"_ba
                                        << "inner"_ba;
        QTest::newRow("single beside a chain")
            << QByteArrayList{"X-Forwarded-For: 1.2.3.4, 10.0.0.7", "X-Forwarded-Proto: https"} << "https"_ba
            << "inner"_ba;
        QTest::newRow("lists of the same length")
            << QByteArrayList{"X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.0.0.7",
                              "X-Forwarded-Proto: http, https, http",
                              "X-Forwarded-Host: evil.example, prism.example, inner.example"}
            << "https"_ba
            << "prism.example"_ba;
        QTest::newRow("pairs") << QByteArrayList{"Forwarded: for=6.6.6.6;host=evil.example, "
                                                 "for=1.2.3.4;proto=https;host=\"prism.example:8443\", "
                                                 "for=10.0.0.7;proto=http;host=inner.example"}
                               << "https"_ba
                               << "prism.example:8443"_ba;
        QTest::newRow("pairs beside fields that agree")
            << QByteArrayList{"Forwarded: for=1.2.3.4;proto=https", "X-Forwarded-Proto: https"} << "https"_ba
            << "inner"_ba;
        const auto notBelieved = [&](const char* name, const QByteArrayList& fields) {
            QTest::newRow(name) << fields << none << "inner"_ba;
        };
        notBelieved("lists of another length",
                    {"X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https, http"});
        notBelieved("no scheme of ours", {"X-Forwarded-Proto: gopher"});
        notBelieved("nonsense", {"X-Forwarded-Proto: https://"});
        notBelieved("no host", {"X-Forwarded-Host: https://prism.example/"});
        notBelieved("no host, quoted", {"Forwarded: host=\"a b\""});
        notBelieved("two hosts", {"X-Forwarded-Host: a.example", "X-Forwarded-Host: b.example"});
        notBelieved("pairs beside fields that do not agree",
                    {"Forwarded: for=1.2.3.4;proto=http", "X-Forwarded-Proto: https"});
    }

    void schemeAndHost_areTheFirstTrustedOnes()
    {
        QFETCH(const QByteArrayList, fields);
        QFETCH(const QByteArray, scheme);
        QFETCH(const QByteArray, host);
        const TrustedProxies proxies(settingsOf({u"10.0.0.0/8"_s}));
        for (const QString& peer : {u"10.0.0.1"_s, u"9.9.9.9"_s}) {
            Request head;
            head.peer = QHostAddress(peer);
            head.authority = "inner";
            for (const QByteArray& field : fields)
                head.headers.add(field.left(field.indexOf(':')), field.mid(field.indexOf(':') + 1).trimmed());
            proxies.apply(head);
            const bool isTrusted = peer.startsWith(u"10"_s);
            QCOMPARE(head.scheme, isTrusted ? scheme : QByteArray());
            QCOMPARE(head.authority, isTrusted ? host : "inner"_ba);
            QCOMPARE(head.isForwarded, isTrusted);
        }
    }

    void peerOfASocket_isTrustedWhereThatIsSaid()
    {
        for (const bool isTrusted : {true, false}) {
            const TrustedProxies proxies(settingsOf({}, isTrusted));
            QCOMPARE(proxies.trusts({}), isTrusted);
            Request head;
            head.headers.add("X-Forwarded-For", "1.2.3.4");
            proxies.apply(head);
            QCOMPARE(head.peer.toString(), isTrusted ? u"1.2.3.4"_s : QString());
        }
        QVERIFY(!TrustedProxies(settingsOf({u"10.0.0.0/8"_s})).trusts({}));
    }
};

PRISM_TEST(TrustedProxiesTest)

} // namespace tst_trusted_proxies

#include "tst_trusted_proxies.moc"
