#include "server/http/listener.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace tst_socket_file {

using namespace prism::http;
using namespace Qt::StringLiterals;

class SocketFileTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    int m_accepted = 0;

    std::unique_ptr<Listener> listener()
    {
        return std::make_unique<Listener>([this](const prism::io::Descriptor&) { ++m_accepted; }, nullptr);
    }

    mode_t modeOf() const
    {
        struct stat there
        {
        };
        return ::stat(QFile::encodeName(m_path).constData(), &there) == 0 ? there.st_mode & 0777 : 0;
    }

    /// As a server leaves it behind that was killed.
    void leaveBehind() const
    {
        QLocalServer server;
        QVERIFY(server.listen(m_path));
        const QString kept = m_path + u".kept"_s;
        QVERIFY(::link(QFile::encodeName(m_path).constData(), QFile::encodeName(kept).constData()) == 0);
        server.close();
        QVERIFY(QFile::rename(kept, m_path));
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"prism.sock"_s);
        m_accepted = 0;
    }

    void file_isForItsOwnerAndGroup_andGoesAtTheEnd()
    {
        const mode_t before = ::umask(077);
        auto listening = listener();
        QVERIFY(listening->listen(m_path).has_value());
        QCOMPARE(modeOf(), mode_t(0660));
        QCOMPARE(::umask(before), mode_t(077));
        QLocalSocket client;
        client.connectToServer(m_path);
        QVERIFY(client.waitForConnected());
        QTRY_COMPARE(m_accepted, 1);
        listening->close();
        QVERIFY(!QFile::exists(m_path));
    }

    void fileLeftBehind_isReplaced()
    {
        leaveBehind();
        QVERIFY(QFile::exists(m_path));
        auto listening = listener();
        QVERIFY(listening->listen(m_path).has_value());
        QLocalSocket client;
        client.connectToServer(m_path);
        QVERIFY(client.waitForConnected());
    }

    void fileOfAnother_stays_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"file", "folder", "link", "link to nowhere", "socket that is listened to"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void fileOfAnother_stays()
    {
        QFETCH(const QString, kind);
        QLocalServer other;
        const QString target = m_folder->filePath(u"target"_s);
        if (kind == u"file"_s)
            QVERIFY(QFile(m_path).open(QIODevice::WriteOnly));
        else if (kind == u"folder"_s)
            QVERIFY(QDir().mkdir(m_path));
        else if (kind.startsWith(u"link"_s))
            QVERIFY(QFile::link(target, m_path));
        else
            QVERIFY(other.listen(m_path));
        if (kind == u"link"_s)
            QVERIFY(QFile(target).open(QIODevice::WriteOnly));
        struct stat before
        {
        };
        QCOMPARE(::lstat(QFile::encodeName(m_path).constData(), &before), 0);
        {
            auto listening = listener();
            const auto result = listening->listen(m_path);
            QVERIFY(!result.has_value());
            QVERIFY2(result.error().message.contains(kind.startsWith(u"socket"_s) ? u"listens there"_s
                                                                                  : u"another file"_s),
                     qPrintable(result.error().message));
        }
        struct stat after
        {
        };
        QCOMPARE(::lstat(QFile::encodeName(m_path).constData(), &after), 0);
        QCOMPARE(after.st_ino, before.st_ino);
    }

    void whatTookItsPlace_stays()
    {
        auto listening = listener();
        QVERIFY(listening->listen(m_path).has_value());
        QVERIFY(QFile::remove(m_path));
        QLocalServer other;
        QVERIFY(other.listen(m_path));
        listening->close();
        QLocalSocket client;
        client.connectToServer(m_path);
        QVERIFY(client.waitForConnected());
    }

    void folderThatIsNotThere_isNamedByTheSystem()
    {
        auto listening = listener();
        QVERIFY(!listening->listen(m_folder->filePath(u"none/prism.sock"_s)).has_value());
    }

    /// The second does not take the first one's place, however close they are.
    void ofTwoAtOnce_oneListens()
    {
        for (int i = 0; i < 20; ++i) {
            leaveBehind();
            auto first = listener();
            auto second = listener();
            std::atomic<bool> hasFirst{false};
            const std::unique_ptr<QThread> other(QThread::create([&] {
                const prism::io::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
                const auto file = SocketFile::listen(socket, m_path, 1);
                hasFirst = file.has_value();
                while (!QThread::currentThread()->isInterruptionRequested())
                    QThread::yieldCurrentThread();
            }));
            other->start();
            const bool hasSecond = second->listen(m_path).has_value();
            QTRY_VERIFY(hasFirst || hasSecond);
            QThread::yieldCurrentThread();
            other->requestInterruption();
            QVERIFY(other->wait());
            QVERIFY(hasFirst.load() != hasSecond);
            second->close();
            QVERIFY(!QFile::exists(m_path));
        }
    }
};

PRISM_TEST(SocketFileTest)

} // namespace tst_socket_file

#include "tst_socket_file.moc"
