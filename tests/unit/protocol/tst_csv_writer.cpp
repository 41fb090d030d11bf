#include "shared/protocol/csv_writer.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_csv_writer {

using prism::protocol::CsvWriter;

class CsvWriterTest : public QObject
{
    Q_OBJECT

private slots:
    void text_isNoFormulaAndOneCell_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("always");
        QTest::addColumn<QByteArray>("whereNeeded");
        const auto row = [](const char* name, const char* text, const char* always, const char* whereNeeded) {
            QTest::newRow(name) << QString::fromUtf8(text) << QByteArray(always) << QByteArray(whereNeeded);
        };
        row("nothing", "", "\"\"", "");
        row("plain", "a b", "\"a b\"", "a b");
        row("comma", "a,b", "\"a,b\"", "\"a,b\"");
        row("quotes", "a\"b", "\"a\"\"b\"", "\"a\"\"b\"");
        row("line", "a\nb", "\"a\nb\"", "\"a\nb\"");
        row("return", "\rb", "\"'\rb\"", "\"'\rb\"");
        row("tab", "\tb", "\"'\tb\"", "'\tb");
        row("equals", "=1+1", "\"'=1+1\"", "'=1+1");
        row("plus", "+1", "\"'+1\"", "'+1");
        row("minus", "-1", "\"'-1\"", "'-1");
        row("at", "@SUM", "\"'@SUM\"", "'@SUM");
        row("line end", "\n=1", "\"'\n=1\"", "\"'\n=1\"");
        row("wide equals", "＝1+1", "\"'＝1+1\"", "'＝1+1");
        row("wide plus", "＋1", "\"'＋1\"", "'＋1");
        row("wide minus", "－1", "\"'－1\"", "'－1");
        row("wide at", "＠SUM", "\"'＠SUM\"", "'＠SUM");
        row("inside", "a=1", "\"a=1\"", "a=1");
        row("other letters", "检查", "\"检查\"", "检查");
        row("byte order mark", "\xef\xbb\xbf\xef\xbb\xbf=1", "\"\xef\xbb\xbf=1\"",
            "\xef\xbb\xbf=1"); // the first is none
        row("no character", "\xef\xbf\xbf", "\"\xef\xbf\xbf\"", "\xef\xbf\xbf");
        row("beyond the first plane", "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"", "\xf0\x9f\x98\x80");
        row("control character", "\x01=", "\"\x01=\"", "\x01=");
        row("quotes and formula", "=\"a\"", "\"'=\"\"a\"\"\"", "\"'=\"\"a\"\"\"");
        row("only quotes", "\"", "\"\"\"\"", "\"\"\"\"");
        row("separator of lines",
            "a\xe2\x80\xa8"
            "b",
            "\"a\xe2\x80\xa8"
            "b\"",
            "a\xe2\x80\xa8"
            "b");
    }

    void text_isNoFormulaAndOneCell()
    {
        QFETCH(const QString, text);
        QFETCH(const QByteArray, always);
        QFETCH(const QByteArray, whereNeeded);
        CsvWriter quoted;
        quoted.addText(text);
        QCOMPARE(quoted.bytes(), always);
        CsvWriter bare(CsvWriter::Quotes::WhereNeeded);
        bare.addText(text);
        QCOMPARE(bare.bytes(), whereNeeded);
    }

    void nul_endsNoText()
    {
        CsvWriter csv;
        csv.addText(QStringLiteral("a") + QChar(0) + u'b');
        QCOMPARE(csv.bytes(), "\"a\xef\xbf\xbd"
                              "b\"");
    }

    /// Nobody can send one; what is written is UTF-8 all the same.
    void halfAPair_isReplaced()
    {
        CsvWriter csv;
        csv.addText(QStringLiteral("a") + QChar(0xd83d) + u'b');
        QVERIFY(QString::fromUtf8(csv.bytes()).isValidUtf16());
        QCOMPARE(csv.bytes(), "\"a?b\"");
    }

    void number_keepsItsSign()
    {
        CsvWriter csv;
        csv.addNumber(QStringLiteral("-1.5"));
        QCOMPARE(csv.bytes(), "\"-1.5\"");
    }

    void lines_haveTheirCells()
    {
        CsvWriter csv(CsvWriter::Quotes::WhereNeeded);
        csv.addTexts({QString(), QStringLiteral("b")});
        csv.endLine();
        csv.addNumber(QStringLiteral("1"));
        csv.addText(QString());
        csv.endLine();
        QCOMPARE(csv.bytes(), ",b\r\n1,\r\n");
    }
};

PRISM_APPLESS_TEST(CsvWriterTest)

} // namespace tst_csv_writer

#include "tst_csv_writer.moc"
