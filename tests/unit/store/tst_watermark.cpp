#include "server/store/sqlite/watermark.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_watermark {

using prism::store::sqlite::Watermark;
using namespace Qt::StringLiterals;

namespace {

void change(const QString& name, qint64 at, const QByteArray& bytes)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(at));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class WatermarkTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"prism.db"_s);
        QVERIFY(Watermark(m_file).note({u"epoch-1"_s, 500}));
    }

    void database_thatIsNotTheOneThatWasHere_isNoticed_data()
    {
        QTest::addColumn<QString>("epoch");
        QTest::addColumn<int>("seq");
        QTest::addColumn<bool>("noticed");
        QTest::newRow("as it was left") << u"epoch-1"_s << 500 << false;
        QTest::newRow("written to since") << u"epoch-1"_s << 501 << false;
        QTest::newRow("one event short") << u"epoch-1"_s << 499 << true;
        QTest::newRow("empty") << u"epoch-1"_s << 0 << true;
        QTest::newRow("another one, behind") << u"epoch-2"_s << 3 << true;
        QTest::newRow("another one, ahead") << u"epoch-2"_s << 900 << true;
    }

    void database_thatIsNotTheOneThatWasHere_isNoticed()
    {
        QFETCH(const QString, epoch);
        QFETCH(const int, seq);
        QFETCH(const bool, noticed);
        const Watermark watermark(m_file);
        QCOMPARE(watermark.contradictionTo({epoch, seq}).has_value(), noticed);
    }

    void note_isTheLast()
    {
        QVERIFY(Watermark(m_file).note({u"epoch-1"_s, 100'000'000'000}));
        QVERIFY(Watermark(m_file).contradictionTo({u"epoch-1"_s, 99'999'999'999}).has_value());
        QVERIFY(Watermark(m_file).note({u"epoch-2"_s, 7}));
        QVERIFY(!Watermark(m_file).contradictionTo({u"epoch-2"_s, 7}).has_value());
    }

    void noteThatIsMissing_saysNothing()
    {
        QVERIFY(QFile::remove(m_file + u".watermark"_s));
        const Watermark watermark(m_file);
        QVERIFY(!watermark.contradictionTo({u"epoch-1"_s, 1}).has_value());
    }

    void noteThatIsNotWhole_saysNothing_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("size");
        QTest::newRow("empty") << 0 << ""_ba << 0;
        QTest::newRow("cut off") << 0 << ""_ba << 30;
        QTest::newRow("zeros") << 0 << QByteArray(256, '\0') << 256;
        QTest::newRow("another number") << 8 << "9"_ba << 256;
        QTest::newRow("no words") << 0 << QByteArray(256, ' ') << 256;
    }

    void noteThatIsNotWhole_saysNothing()
    {
        QFETCH(const int, at);
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, size);
        change(m_file + u".watermark"_s, at, bytes);
        QVERIFY(QFile::resize(m_file + u".watermark"_s, size));
        Watermark watermark(m_file);
        QVERIFY(!watermark.contradictionTo({u"epoch-1"_s, 1}).has_value());
        QVERIFY(watermark.note({u"epoch-1"_s, 1}));
        QVERIFY(Watermark(m_file).contradictionTo({u"epoch-1"_s, 0}).has_value());
    }

    void copiedFolder_isNoticed()
    {
        const QTemporaryDir other;
        const QString copy = other.filePath(u"prism.db"_s);
        QVERIFY(QFile::copy(m_file + u".watermark"_s, copy + u".watermark"_s));
        Watermark watermark(copy);
        QVERIFY(watermark.contradictionTo({u"epoch-1"_s, 500}).has_value());
        QVERIFY(watermark.note({u"epoch-3"_s, 500}));
        QVERIFY(!Watermark(copy).contradictionTo({u"epoch-3"_s, 500}).has_value());
    }

    /// As `cp` does it: the file stays the one it is.
    void folderPutBackInPlace_isNoticed()
    {
        QFile file(m_file + u".watermark"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray backup = file.readAll();
        change(m_file + u".watermark"_s, 0, backup);
        QVERIFY(!Watermark(m_file).contradictionTo({u"epoch-1"_s, 500}).has_value()); // nothing ran since
        QVERIFY(Watermark(m_file).note({u"epoch-1"_s, 500}));
        change(m_file + u".watermark"_s, 0, backup);
        QVERIFY(Watermark(m_file).contradictionTo({u"epoch-1"_s, 500}).has_value());
    }

    void runThatWasKilledBeforeItsFirstNote_leavesTheOneBefore()
    {
        change(m_file + u".watermark.new"_s, 0, "half a no"_ba);
        for (int run = 0; run < 3; ++run) {
            Watermark watermark(m_file);
            QVERIFY(!watermark.contradictionTo({u"epoch-1"_s, 500}).has_value());
            QVERIFY(watermark.contradictionTo({u"epoch-1"_s, 499}).has_value());
        }
        QVERIFY(Watermark(m_file).note({u"epoch-1"_s, 501}));
        QVERIFY(!QFile::exists(m_file + u".watermark.new"_s));
        QVERIFY(!Watermark(m_file).contradictionTo({u"epoch-1"_s, 501}).has_value());
        QVERIFY(Watermark(m_file).contradictionTo({u"epoch-1"_s, 500}).has_value());
    }

    void fileThatCannotBeReplaced_isGoneOnWith()
    {
        QVERIFY(QDir().mkpath(m_file + u".watermark.new"_s));
        Watermark watermark(m_file);
        QVERIFY(watermark.note({u"epoch-1"_s, 501}));
        QVERIFY(watermark.note({u"epoch-1"_s, 502}));
        QVERIFY(Watermark(m_file).contradictionTo({u"epoch-1"_s, 501}).has_value());
        QVERIFY(!Watermark(m_file).contradictionTo({u"epoch-1"_s, 502}).has_value());
    }

    void renamedFolder_isTheSame()
    {
        const QTemporaryDir parent;
        const QString renamed = parent.filePath(u"renamed"_s);
        QVERIFY(QDir().rename(m_folder->path(), renamed));
        QVERIFY(!Watermark(renamed + u"/prism.db"_s).contradictionTo({u"epoch-1"_s, 500}).has_value());
    }

    void link_leadsToTheSameNote()
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QTemporaryDir other;
        const QString link = other.filePath(u"link.db"_s);
        QVERIFY(file.link(link));
        QVERIFY(Watermark(link).contradictionTo({u"epoch-1"_s, 499}).has_value());
    }

    void placeThatCannotBeWritten_isSaid()
    {
        Watermark watermark(m_folder->filePath(u"no/where.db"_s));
        QVERIFY(!watermark.contradictionTo({u"epoch-1"_s, 1}).has_value());
        QVERIFY(!watermark.note({u"epoch-1"_s, 1}));
    }
};

PRISM_APPLESS_TEST(WatermarkTest)

} // namespace tst_watermark

#include "tst_watermark.moc"
