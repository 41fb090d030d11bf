#include "server/http/gzip.h"
#include "tests/support/test_program.h"

#include <QProcess>
#include <QTest>

namespace tst_gzip {

using namespace prism::http;

class TestGzip : public QObject
{
    Q_OBJECT

private slots:
    void acceptEncoding_isUnderstood_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("none") << QByteArray() << false;
        QTest::newRow("plain") << QByteArray("gzip") << true;
        QTest::newRow("among others") << QByteArray("br, gzip, deflate") << true;
        QTest::newRow("case") << QByteArray("GZip") << true;
        QTest::newRow("weighted") << QByteArray("br;q=1, gzip;q=0.2") << true;
        QTest::newRow("refused") << QByteArray("gzip;q=0") << false;
        QTest::newRow("refused beside all") << QByteArray("*, gzip;q=0") << false;
        QTest::newRow("all") << QByteArray("*") << true;
        QTest::newRow("all but it") << QByteArray("gzip; q=0, *;q=1") << false;
        QTest::newRow("identity") << QByteArray("identity") << false;
    }

    void acceptEncoding_isUnderstood()
    {
        QFETCH(QByteArray, field);
        QTEST(AcceptedCodings::of(field).gzip, "accepted");
    }

    void compressed_isWhatGzipUnpacks_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short") << QByteArray("a");
        QTest::newRow("long") << QByteArray("abc").repeated(400000);
    }

    void compressed_isWhatGzipUnpacks()
    {
        QFETCH(QByteArray, bytes);
        QProcess gunzip;
        gunzip.start(QStringLiteral("gzip"), {QStringLiteral("-dc")});
        gunzip.write(gzip(bytes));
        gunzip.closeWriteChannel();
        QVERIFY(gunzip.waitForFinished());
        QCOMPARE(gunzip.exitCode(), 0);
        QVERIFY(gunzip.readAllStandardOutput() == bytes);
    }
};

PRISM_TEST(TestGzip)

} // namespace tst_gzip

#include "tst_gzip.moc"
