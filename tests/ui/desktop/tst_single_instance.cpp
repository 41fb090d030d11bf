#include "client/desktop/single_instance.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace tst_single_instance {

using namespace prism;
using desktop::SingleInstance;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private slots:
    void crashedInstance_isInNobodysWay();
    void message_saysWhatIsWanted_data();
    void message_saysWhatIsWanted();
    void messages_thatMakeNoSense_areIgnored_data();
    void messages_thatMakeNoSense_areIgnored();
    void program_startedTwice_endsWithZeroAndTellsTheFirst();
    void firstOne_thatEndsWithoutAnAnswer_isFollowed();
};

void TestSingleInstance::crashedInstance_isInNobodysWay()
{
    const QTemporaryDir dir;
    QFile remains(dir.filePath(QStringLiteral("prism-dashboard-p"))); // where the socket was
    QVERIFY(remains.open(QIODevice::WriteOnly));
    remains.close();
    SingleInstance instance(dir.path(), QStringLiteral("p"));
    QVERIFY(instance.claim() == SingleInstance::Role::First);
    SingleInstance other(dir.path(), QStringLiteral("q"));
    QVERIFY(other.claim() == SingleInstance::Role::First); // another profile
}

/// It is busy with its end: holds the lock, lets others connect, and answers nobody.
void TestSingleInstance::firstOne_thatEndsWithoutAnAnswer_isFollowed()
{
    const QTemporaryDir dir;
    QSemaphore claimed;
    QSemaphore mayEnd;
    const std::unique_ptr<QThread> ending(QThread::create([&] {
        SingleInstance first(dir.path(), QStringLiteral("p"));
        QCOMPARE(first.claim(), SingleInstance::Role::First);
        claimed.release();
        mayEnd.acquire();
    }));
    ending->start();
    claimed.acquire();
    SingleInstance impatient(dir.path(), QStringLiteral("p"));
    QCOMPARE(impatient.claim({}, std::chrono::milliseconds(200)), SingleInstance::Role::Stuck);
    const std::unique_ptr<QThread> end(QThread::create([&] {
        QThread::msleep(300);
        mayEnd.release();
    }));
    end->start();
    SingleInstance next(dir.path(), QStringLiteral("p"));
    QCOMPARE(next.claim(), SingleInstance::Role::First);
    QVERIFY(end->wait());
    QVERIFY(ending->wait());
}

void TestSingleInstance::message_saysWhatIsWanted_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("period");
    QTest::addColumn<QString>("page");
    const desktop::Activation both{protocol::Period::Today, ui::Page::Settings};
    QTest::newRow("nothing") << desktop::Activation{}.toMessage() << QString() << QString();
    QTest::newRow("both") << both.toMessage() << QStringLiteral("today") << QStringLiteral("settings");
    QTest::newRow("unknown") << QByteArray("{\"period\": \"eon\", \"page\": 7, \"more\": []}\n") << QString()
                             << QString();
}

void TestSingleInstance::message_saysWhatIsWanted()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, period);
    QFETCH(QString, page);
    const QTemporaryDir dir;
    SingleInstance instance(dir.path(), QStringLiteral("p"));
    QVERIFY(instance.claim() == SingleInstance::Role::First);
    desktop::Activation wanted;
    int count = 0;
    connect(&instance, &SingleInstance::activationRequested, this, [&](const desktop::Activation& told) {
        wanted = told;
        ++count;
    });
    QLocalSocket later;
    later.connectToServer(dir.filePath(QStringLiteral("prism-dashboard-p")));
    QVERIFY(later.waitForConnected());
    const qsizetype half = message.size() / 2;
    later.write(message.first(half)); // it may come in pieces
    later.flush();
    QCoreApplication::processEvents();
    later.write(message.sliced(half));
    later.flush();
    QTRY_COMPARE(later.bytesAvailable(), qint64(6));
    QCOMPARE(later.readAll(), QByteArray("shown\n"));
    QCOMPARE(count, 1);
    QVERIFY(wanted.period == protocol::periodFromString(period));
    QVERIFY(wanted.page == ui::pageFromString(page));
}

void TestSingleInstance::messages_thatMakeNoSense_areIgnored_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("no JSON") << QByteArray("period=today\n");
    QTest::newRow("no object") << QByteArray("[1]\n");
    QTest::newRow("empty") << QByteArray("\n");
    QTest::newRow("too long") << "{\"page\": \"" + QByteArray(desktop::Activation::longest, 'x') + "\"}\n";
    QTest::newRow("without end") << QByteArray(100'000, 'x');
}

void TestSingleInstance::messages_thatMakeNoSense_areIgnored()
{
    QFETCH(QByteArray, message);
    const QTemporaryDir dir;
    SingleInstance instance(dir.path(), QStringLiteral("p"));
    QVERIFY(instance.claim() == SingleInstance::Role::First);
    int count = 0;
    connect(&instance, &SingleInstance::activationRequested, this, [&] { ++count; });
    QLocalSocket stranger;
    stranger.connectToServer(dir.filePath(QStringLiteral("prism-dashboard-p")));
    QVERIFY(stranger.waitForConnected());
    stranger.write(message);
    QTRY_COMPARE(stranger.state(), QLocalSocket::UnconnectedState);
    QVERIFY(stranger.readAll().isEmpty());
    QCOMPARE(count, 0);
}

void TestSingleInstance::program_startedTwice_endsWithZeroAndTellsTheFirst()
{
    const QTemporaryDir dir;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        environment.insert(QString::fromLatin1(name), dir.path());
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("disabled:"));
    const QStringList arguments{QStringLiteral("--profile"), QStringLiteral("ours"),
                                QStringLiteral("--server"), QStringLiteral("http://127.0.0.1:1")};
    const QString program = qEnvironmentVariable("PRISM_DASHBOARD_BINARY");
    QProcess first;
    first.setProcessEnvironment(environment);
    first.start(program, arguments);
    const auto isUp = [&] {
        return !QDir(dir.path()).entryList({QStringLiteral("prism-dashboard-*")}, QDir::System).isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isUp(), 30'000);

    QProcess second;
    second.setProcessEnvironment(environment);
    second.start(program, QStringList(arguments) << QStringLiteral("--period") << QStringLiteral("month")
                                                 << QStringLiteral("--page") << QStringLiteral("records"));
    QTRY_COMPARE_WITH_TIMEOUT(second.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(first.state(), QProcess::Running);

    first.terminate(); // as the desktop does at the end of its session: it ends in order
    QTRY_COMPARE_WITH_TIMEOUT(first.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(first.exitStatus(), QProcess::NormalExit);
    QCOMPARE(first.exitCode(), 0);
    QFile windows(dir.filePath(QStringLiteral("prism-dashboard/windows.ini")));
    QVERIFY(windows.open(QIODevice::ReadOnly));
    const QByteArray remembered = windows.readAll();
    QVERIFY(remembered.contains("geometry="));
    QVERIFY2(remembered.contains("period=month") && remembered.contains("page=records"),
             remembered.constData());
    const QByteArray said = first.readAllStandardError().toLower();
    QVERIFY2(!said.contains("bus"), said.constData()); // that there is none is nobody's business
}

PRISM_TEST(TestSingleInstance)

} // namespace tst_single_instance

#include "tst_single_instance.moc"
