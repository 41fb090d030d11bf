#include "client/ui/application/command_line.h"
#include "tests/support/test_program.h"

#include <QProcess>
#include <QTest>

namespace tst_command_line {

using namespace prism;
using ui::Farewell;
using ui::Startup;

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void nothingGiven_usesDefaults();
    void everythingGiven_isUsed();
    void misuse_isNamedAndEndsWithTwo_data();
    void misuse_isNamedAndEndsWithTwo();
    void program_withoutDisplay_stillHelps();
    void program_withBadUrl_endsWithTwo();
};

namespace {

std::variant<Startup, Farewell> read(const QString& arguments)
{
    return ui::readCommandLine(QStringList{QStringLiteral("prism-dashboard")} +
                               arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

struct Ended
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

Ended run(const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    process.setProcessEnvironment(environment);
    process.start(qEnvironmentVariable("PRISM_DASHBOARD_BINARY"), arguments);
    if (!process.waitForFinished(20'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

void TestCommandLine::nothingGiven_usesDefaults()
{
    const auto outcome = read({});
    const auto* startup = std::get_if<Startup>(&outcome);
    QVERIFY(startup);
    QVERIFY(!startup->server);
    QVERIFY(startup->profile.isEmpty());
    QVERIFY(!startup->period);
    QVERIFY(!startup->page);
    QVERIFY(!startup->language);
}

void TestCommandLine::everythingGiven_isUsed()
{
    const auto outcome = read(QStringLiteral(
        "--server http://localhost:4000 --profile staging --period month --page records --lang zh_CN"));
    const auto* startup = std::get_if<Startup>(&outcome);
    QVERIFY(startup);
    QCOMPARE(*startup->server, QUrl(QStringLiteral("http://localhost:4000")));
    QCOMPARE(startup->profile, QStringLiteral("staging"));
    QVERIFY(startup->period == protocol::Period::Month);
    QVERIFY(startup->page == ui::Page::Records);
    QCOMPARE(startup->language->language(), QLocale::Chinese);
}

void TestCommandLine::misuse_isNamedAndEndsWithTwo_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("not a URL") << QStringLiteral("--server 127.0.0.1:3000")
                               << QStringLiteral("127.0.0.1:3000");
    QTest::newRow("no host") << QStringLiteral("--server http://") << QStringLiteral("http://");
    QTest::newRow("another scheme") << QStringLiteral("--server ftp://host") << QStringLiteral("ftp://host");
    QTest::newRow("port out of range")
        << QStringLiteral("--server http://host:99999") << QStringLiteral("99999");
    QTest::newRow("period") << QStringLiteral("--period decade") << QStringLiteral("decade");
    QTest::newRow("profile") << QStringLiteral("--profile=") << QStringLiteral("profile");
    QTest::newRow("page") << QStringLiteral("--page inbox") << QStringLiteral("inbox");
    QTest::newRow("language") << QStringLiteral("--lang klingon") << QStringLiteral("klingon");
    QTest::newRow("option") << QStringLiteral("--frobnicate") << QStringLiteral("frobnicate");
    QTest::newRow("argument") << QStringLiteral("stray") << QStringLiteral("stray");
}

void TestCommandLine::misuse_isNamedAndEndsWithTwo()
{
    QFETCH(QString, arguments);
    QFETCH(QString, named);
    const auto outcome = read(arguments);
    const auto* farewell = std::get_if<Farewell>(&outcome);
    QVERIFY(farewell);
    QCOMPARE(farewell->exitCode, 2);
    QVERIFY2(farewell->text.contains(named), qPrintable(farewell->text));
}

void TestCommandLine::program_withoutDisplay_stillHelps()
{
    const Ended help = run({QStringLiteral("--help")});
    QCOMPARE(help.exitCode, 0);
    QVERIFY2(help.output.contains("--server URL"), help.output.constData());
    const Ended version = run({QStringLiteral("--version")});
    QCOMPARE(version.exitCode, 0);
    QVERIFY2(version.output.startsWith("prism-dashboard "), version.output.constData());
}

void TestCommandLine::program_withBadUrl_endsWithTwo()
{
    const Ended ended = run({QStringLiteral("--server"), QStringLiteral("nonsense")});
    QCOMPARE(ended.exitCode, 2);
    QVERIFY2(ended.errors.contains("'nonsense' is not the address of a server"), ended.errors.constData());
    QCOMPARE(ended.output, QByteArray());
    const Ended withPath = run({QStringLiteral("--server"), QStringLiteral("http://127.0.0.1:3000/prism")});
    QCOMPARE(withPath.exitCode, 2);
    QVERIFY2(withPath.errors.contains("leave out what follows its host and port"),
             withPath.errors.constData());
}

PRISM_TEST(TestCommandLine)

} // namespace tst_command_line

#include "tst_command_line.moc"
