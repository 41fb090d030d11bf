#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

namespace tst_window_smoke {

using namespace prism;

/// The real window on a real X server, under a window manager, with a real server behind it. Asserts states;
/// the screenshots are for people.
class TestWindowSmoke : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void window_livesThroughAnOutage();

private:
    bool startDisplay();
    QByteArray run(const QString& program, const QStringList& arguments) const;
    QString title() const;
    QImage screenshot(const QString& name) const;

    QProcess m_xvfb;
    QProcess m_windowManager;
    QProcess m_dashboard;
    QTemporaryDir m_home; ///< a dashboard of its own: nothing remembered, nobody's window
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
};

namespace {

void end(QProcess& process)
{
    process.terminate();
    if (!process.waitForFinished(5'000)) {
        process.kill();
        process.waitForFinished(5'000);
    }
}

int colourCount(const QImage& image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 4) {
        for (int x = 0; x < image.width(); x += 4)
            colours.insert(image.pixel(x, y));
    }
    return int(colours.size());
}

} // namespace

void TestWindowSmoke::initTestCase()
{
    for (const char* name : {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        m_environment.insert(QString::fromLatin1(name), m_home.path());
    // Nobody's desktop is to show this dashboard's notifications.
    m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("disabled:"));
    QVERIFY(startDisplay());
    m_windowManager.setProcessEnvironment(m_environment);
    m_windowManager.start(QStringLiteral("openbox"), QStringList());
    QVERIFY2(m_windowManager.waitForStarted(), qPrintable(m_windowManager.errorString()));
    QTRY_VERIFY_WITH_TIMEOUT(run(QStringLiteral("wmctrl"), {QStringLiteral("-m")}).contains("Openbox"),
                             20'000);
}

void TestWindowSmoke::cleanupTestCase()
{
    end(m_dashboard);
    end(m_windowManager);
    end(m_xvfb);
}

bool TestWindowSmoke::startDisplay()
{
    // It picks a free display and writes its number to the descriptor. Without -noreset it starts anew when
    // its last client leaves, and takes whoever is just connecting down with it.
    m_xvfb.start(QStringLiteral("Xvfb"),
                 {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                  QStringLiteral("0"), QStringLiteral("1280x900x24"), QStringLiteral("-nolisten"),
                  QStringLiteral("tcp"), QStringLiteral("-noreset")});
    QByteArray number;
    while (!number.endsWith('\n')) {
        if (!m_xvfb.waitForReadyRead(20'000))
            return false;
        number += m_xvfb.readAllStandardOutput();
    }
    m_environment.insert(QStringLiteral("DISPLAY"), QLatin1Char(':') + QString::fromLatin1(number.trimmed()));
    m_environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    return true;
}

QByteArray TestWindowSmoke::run(const QString& program, const QStringList& arguments) const
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(program, arguments);
    process.waitForFinished(20'000);
    return process.readAllStandardOutput().trimmed();
}

QString TestWindowSmoke::title() const
{
    return QString::fromUtf8(
        run(QStringLiteral("xdotool"),
            {QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--name"),
             QStringLiteral("PRISM Gateway"), QStringLiteral("getwindowname")}));
}

QImage TestWindowSmoke::screenshot(const QString& name) const
{
    const QString dir = qEnvironmentVariable("PRISM_ARTEFACTS_DIR", QDir::tempPath());
    QDir().mkpath(dir);
    const QString path = dir + QLatin1Char('/') + name;
    run(QStringLiteral("import"), {QStringLiteral("-window"), QStringLiteral("root"), path});
    return QImage(path);
}

void TestWindowSmoke::window_livesThroughAnOutage()
{
    test::ServerProcess server;
    QVERIFY(server.start());
    m_dashboard.setProcessEnvironment(m_environment);
    m_dashboard.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_dashboard.start(qEnvironmentVariable("PRISM_DASHBOARD_BINARY"),
                      {QStringLiteral("--server"), server.httpUrl().toString(), QStringLiteral("--lang"),
                       QStringLiteral("en")});
    QVERIFY2(m_dashboard.waitForStarted(), qPrintable(m_dashboard.errorString()));
    QTRY_VERIFY2_WITH_TIMEOUT(title().contains(QStringLiteral("(live)")), qPrintable(title()), 20'000);
    QVERIFY(title().contains(QString::number(server.httpPort())));

    test::RestClient client(server.httpUrl());
    const auto created = client.post("/api/v1/analytics/records",
                                     test::parseJson(R"({"type": "custom", "name": "Real-time Test"})"));
    QCOMPARE(created.status, 201);
    const auto checked = client.post("/api/v1/gateway/checks", test::parseJson(R"([
        {"status": "PASS", "duration": 8.5, "user": "ada", "project": "billing"},
        {"status": "BLOCKED", "duration": 61, "user": "lin", "project": "checkout", "violations": [
            {"principleId": "P1", "principleName": "Least privilege", "severity": "BLOCK"}]}])"));
    QVERIFY2(checked.status / 100 == 2, checked.summary().constData());
    QTRY_VERIFY_WITH_TIMEOUT(colourCount(screenshot(QStringLiteral("dashboard-live.png"))) > 20, 10'000);
    QCOMPARE(m_dashboard.state(), QProcess::Running);

    server.kill9();
    QTRY_VERIFY2_WITH_TIMEOUT(title().contains(QStringLiteral("(offline)")), qPrintable(title()), 20'000);
    QVERIFY(colourCount(screenshot(QStringLiteral("dashboard-offline.png"))) > 20);

    QVERIFY(server.restart(test::ServerProcess::Port::Same));
    // The dashboard may wait up to half a minute before its next attempt.
    QTRY_VERIFY2_WITH_TIMEOUT(title().contains(QStringLiteral("(live)")), qPrintable(title()), 45'000);

    // Closing the window, as its close button does, ends the program.
    run(QStringLiteral("wmctrl"), {QStringLiteral("-c"), QStringLiteral("PRISM Gateway")});
    QVERIFY(m_dashboard.waitForFinished(10'000));
    QCOMPARE(m_dashboard.exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_dashboard.exitCode(), 0);
}

PRISM_TEST(TestWindowSmoke)

} // namespace tst_window_smoke

#include "tst_window_smoke.moc"
