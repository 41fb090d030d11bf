#include "server/app/config.h"
#include "server/app/option.h"
#include "server/io/tls/reception.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_config {

using namespace prism::app;

namespace {

prism::protocol::Result<Config> make(std::initializer_list<std::pair<const char*, const char*>> values)
{
    QHash<QString, QString> hash;
    for (const auto& [name, value] : values)
        hash.insert(QString::fromLatin1(name), QString::fromUtf8(value));
    return Config::make(hash);
}

} // namespace

class ConfigTest : public QObject
{
    Q_OBJECT

private slots:
    void defaults_areTheContracts()
    {
        const auto config = make({});
        QVERIFY(config.has_value());
        QCOMPARE(config->listen.address.toString(), QStringLiteral("127.0.0.1"));
        QCOMPARE(config->listen.port, quint16(3000));
        QCOMPARE(config->wsListen->port, quint16(3001));
        QCOMPARE(config->limits.headerBytes, 16 * 1024);
        QCOMPARE(config->limits.bodyBytes, 1024 * 1024);
        QCOMPARE(config->limits.bulkBodyBytes, 10 * 1024 * 1024);
        QCOMPARE(config->limits.fileBytes, 20 * 1024 * 1024);
        QCOMPARE(config->realtime.messageBytes, 64 * 1024);
        QCOMPARE(config->limits.requestTimeout.count(), 10'000);
        QCOMPARE(config->limits.idleTimeout.count(), 60'000);
        QCOMPARE(config->realtime.handshakeTimeout.count(), 10'000);
        QCOMPARE(config->maxConnections, 10'000);
        QCOMPARE(config->probeConnections, 64);
        QCOMPARE(config->maxJsonDepth, 32);
        QVERIFY(config->isLoopbackOnly());
    }

    /// A part that is made without options, in a test or a fuzzer, has the limits that it has in the server.
    void defaults_areThoseOfTheParts()
    {
        const auto config = make({});
        QVERIFY(config.has_value());
        const prism::http::Limits limits;
        QCOMPARE(config->limits.headerBytes, limits.headerBytes);
        QCOMPARE(config->limits.bodyBytes, limits.bodyBytes);
        QCOMPARE(config->limits.bulkBodyBytes, limits.bulkBodyBytes);
        QCOMPARE(config->limits.requestTimeout, limits.requestTimeout);
        QCOMPARE(config->limits.idleTimeout, limits.idleTimeout);
        const prism::realtime::Settings realtime;
        QCOMPARE(config->realtime.messageBytes, realtime.messageBytes);
        QCOMPARE(config->realtime.maxJsonDepth, realtime.maxJsonDepth);
        QCOMPARE(config->realtime.pingInterval, realtime.pingInterval);
        QCOMPARE(config->realtime.slowest.window, realtime.slowest.window);
        QCOMPARE(config->realtime.slowest.bytesPerSecond, realtime.slowest.bytesPerSecond);
        QCOMPARE(config->limits.slowest.window, limits.slowest.window);
        QCOMPARE(config->tlsHandshakeTimeout, prism::io::tls::HandshakeLimits().patience);
        QCOMPARE(config->mostTlsHandshakes, prism::io::tls::HandshakeLimits().most);
        QCOMPARE(config->limits.slowest.bytesPerSecond, limits.slowest.bytesPerSecond);
        QCOMPARE(config->realtime.handshakeTimeout, realtime.handshakeTimeout);
        QCOMPARE(config->realtime.clientRate.pieces, realtime.clientRate.pieces);
        QCOMPARE(config->realtime.clientRate.bytes, realtime.clientRate.bytes);
        const prism::store::Retention retention;
        QCOMPARE(config->retention.answers, retention.answers);
        QCOMPARE(config->retention.events.count, retention.events.count);
        QCOMPARE(config->retention.events.age, retention.events.age);
        QCOMPARE(config->rules.principles, prism::rules::RuleLimits().principles);
        QCOMPARE(config->rules.regexLength, prism::rules::RuleLimits().regexLength);
        QCOMPARE(config->rules.regexSteps, prism::rules::RuleLimits().regexSteps);
        QCOMPARE(config->rules.steps, prism::rules::RuleLimits().steps);
        QCOMPARE(config->reading.queue.places, prism::api::ReadLimits().queue.places);
        QCOMPARE(config->reading.queue.placesOfAddress, 0UL);
        QCOMPARE(config->reading.patience, prism::api::ReadLimits().patience);
        QCOMPARE(config->reading.report.rows, prism::api::ReportLimits().rows);
        QCOMPARE(config->reading.report.bytes, prism::api::ReportLimits().bytes);
        QCOMPARE(config->records.configBytes, prism::protocol::RecordLimits().configBytes);
    }

    void everyOption_takesItsDefault()
    {
        Config config;
        for (const Option& option : optionsOf(config))
            QVERIFY2(option.put(option.fallback).isEmpty(), qPrintable(option.name));
    }

    void badValue_isNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const char* value) {
            QTest::newRow(QByteArray(QByteArray(name) + ' ' + value).constData()) << name << value;
        };
        row("listen", "3000");
        row("listen", "localhost:99999");
        row("listen", "example.com:80");
        row("ws-listen", "nowhere");
        row("database", "postgresql://localhost/prism");
        row("database", "sqlite:");
        row("timezone", "Mars/Olympus");
        row("auth", "perhaps");
        row("max-tokens", "0");
        row("tls-handshake-timeout", "0");
        row("max-tls-handshakes", "0");
        row("audit-days", "0");
        row("insecure-no-auth", "maybe");
        row("workers", "-1");
        row("max-connections", "0");
        row("max-connections-per-address", "-1");
        row("probe-connections", "some");
        row("read-queue-limit-per-address", "-1");
        row("ready-timeout", "0");
        row("max-report-rows", "0");
        row("max-query-names", "all");
        row("max-projects", "0");
        row("max-unsent-bytes", "10");
        row("max-unfinished-bytes", "64 MB");
        row("min-read-rate", "0");
        row("max-body-bytes", "1 MB");
        row("request-timeout", "0");
        row("slow-timeout", "soon");
        row("log-level", "loud");
        row("log-format", "xml");
        row("allow-origin", "board.example");
        row("allow-origin", "https://board.example/");
        row("allow-origin", "https://Board.example");
        row("allow-origin", "https://a.example,b.example");
        row("allow-host", "http://prism.example");
        row("allow-host", "prism.example:80");
        row("allow-host", "prism.example/x");
        row("allow-host", "a b");
    }

    void badValue_isNamed()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto config = Config::make({{name, value}});
        QVERIFY(!config.has_value());
        QCOMPARE(config.error().details.size(), 1);
        QVERIFY2(config.error().details[0].startsWith(QStringLiteral("--%1: ").arg(name)),
                 qPrintable(config.error().details[0]));
    }

    void allProblems_areListed()
    {
        const auto config = make({{"workers", "x"}, {"log-level", "x"}, {"listen", "x"}});
        QVERIFY(!config.has_value());
        QCOMPARE(config.error().details.size(), 3);
    }

    void beyondThisMachine_needsTheSwitch()
    {
        QVERIFY(!make({{"listen", "0.0.0.0:3000"}}).has_value());
        QVERIFY(!make({{"ws-listen", "[::]:3001"}}).has_value());
        const auto config = make({{"listen", "0.0.0.0:3000"}, {"insecure-no-auth", "true"}});
        QVERIFY(config.has_value());
        QVERIFY(!config->isLoopbackOnly());
    }

    void tls_needsCertificateAndKey()
    {
        QVERIFY(!make({})->hasTls());
        const auto withoutKey = make({{"tls-cert", "a.crt"}});
        QVERIFY(!withoutKey.has_value());
        QVERIFY2(withoutKey.error().details.value(0).startsWith(QLatin1String("--tls-key: must be set")),
                 qPrintable(withoutKey.error().details.value(0)));
        const auto withoutCertificate = make({{"tls-key", "a.key"}});
        QVERIFY(!withoutCertificate.has_value());
        QVERIFY2(
            withoutCertificate.error().details.value(0).startsWith(QLatin1String("--tls-cert: must be set")),
            qPrintable(withoutCertificate.error().details.value(0)));
        const auto config =
            make({{"tls-cert", "a.crt"}, {"tls-key", "a.key"}, {"tls-handshake-timeout", "2"}});
        QVERIFY(config.has_value());
        QVERIFY(config->hasTls());
        QCOMPARE(config->tlsHandshakeTimeout.count(), 2000);
    }

    void values_areRead()
    {
        const auto config = make({{"listen", "[::1]:0"},
                                  {"ws-listen", "off"},
                                  {"data-dir", "/data"},
                                  {"database", "sqlite:other.db"},
                                  {"request-timeout", "0.5"},
                                  {"allow-origin", "https://a.example, https://b.example:8443,null"},
                                  {"allow-host", "prism.example, 10.0.0.1,fd00::1"}});
        QVERIFY(config.has_value());
        QVERIFY(!config->wsListen.has_value());
        QCOMPARE(config->databaseFile, QStringLiteral("/data/other.db"));
        QCOMPARE(config->limits.requestTimeout.count(), 500);
        QCOMPARE(config->allowedOrigins.size(), 3);
        QCOMPARE(config->hosts(), (QStringList{QStringLiteral("prism.example"), QStringLiteral("10.0.0.1"),
                                               QStringLiteral("fd00::1"), QStringLiteral("::1")}));
    }

    void severalWaysToSayIt_areOne()
    {
        const auto config = make({{"log-level", "Warning"},
                                  {"log-format", "JSON"},
                                  {"insecure-no-auth", "TRUE"},
                                  {"listen", "localhost:1"},
                                  {"event-retention-days", "2"},
                                  {"idempotency-hours", "3"},
                                  {"max-json-depth", "7"},
                                  {"workers", "5"}});
        QVERIFY(config.has_value());
        QVERIFY(config->log.level == prism::log::Level::Warning);
        QVERIFY(config->log.format == prism::log::Format::Json);
        QVERIFY(config->insecureNoAuth);
        QCOMPARE(config->listen.address.toString(), QStringLiteral("127.0.0.1"));
        QVERIFY(config->retention.events.age == std::chrono::days(2));
        QVERIFY(config->retention.answers == std::chrono::hours(3));
        QCOMPARE(config->maxJsonDepth, 7);
        QCOMPARE(config->realtime.maxJsonDepth, 7);
        QCOMPARE(config->workers, 5);
        QVERIFY(config->databaseFile.endsWith(QStringLiteral("/prism-gateway/prism.db")));
    }
};

PRISM_APPLESS_TEST(ConfigTest)

} // namespace tst_config

#include "tst_config.moc"
