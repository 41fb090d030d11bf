#include "server/log/line.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace tst_log_line {

using namespace prism::log;
using namespace Qt::StringLiterals;

class LogLineTest : public QObject
{
    Q_OBJECT

private slots:
    void printable_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        QTest::newRow("plain") << u"grün 漢字 \U0001F600"_s << u"grün 漢字 \U0001F600"_s;
        QTest::newRow("new line") << u"a\nb"_s << u"a\\nb"_s;
        QTest::newRow("carriage return") << u"ok\rerror"_s << u"ok\\rerror"_s;
        QTest::newRow("tab") << u"a\tb"_s << u"a\\tb"_s;
        QTest::newRow("escape") << u"\x1b[2J"_s << u"\\x1b[2J"_s;
        QTest::newRow("bell and delete") << u"\a\x7f"_s << u"\\x07\\x7f"_s;
        QTest::newRow("C1 control sequence") << QString(QChar(0x9b)) + u"31m"_s << u"\\x9b31m"_s;
        QTest::newRow("next line") << QString(QChar(0x85)) << u"\\x85"_s;
        QTest::newRow("line separator") << QString(QChar(0x2028)) << u"\\u2028"_s;
        QTest::newRow("right to left") << QString(QChar(0x202e)) + u"txt"_s << u"\\u202etxt"_s;
        QTest::newRow("NUL") << QString(QChar(0)) << u"\\x00"_s;
        QTest::newRow("half a character") << QString(QChar(0xd83d)) + u"x"_s << u"\\ud83dx"_s;
    }

    void printable()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, line);
        QCOMPARE(prism::log::printable(text), line);
        const Entry entry{QtWarningMsg, "prism.test", text, {}};
        const QByteArray written = toLine(entry, Format::Text);
        QCOMPARE(written.count('\n'), 1);
        QVERIFY(written.endsWith(" warning prism.test: " + line.toUtf8() + '\n'));
        const QByteArray json = toLine(entry, Format::Json);
        QCOMPARE(json.count('\n'), 1);
        QCOMPARE(QJsonDocument::fromJson(json).object()["message"_L1].toString(), line);
    }
};

PRISM_APPLESS_TEST(LogLineTest)

} // namespace tst_log_line

#include "tst_log_line.moc"
