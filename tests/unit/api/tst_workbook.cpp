#include "server/api/cell_text.h"
#include "server/api/workbook.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

namespace tst_workbook {

using namespace prism;
using namespace Qt::StringLiterals;

namespace {

/// Every part is read as XML by one library, and the cells by another; neither is ours.
const char reader[] = R"(
import json, sys, zipfile, xml.etree.ElementTree, openpyxl
for part in zipfile.ZipFile(sys.argv[1]).namelist():
    if part.endswith(('.xml', '.rels')):
        xml.etree.ElementTree.fromstring(zipfile.ZipFile(sys.argv[1]).read(part))
rows = openpyxl.load_workbook(sys.argv[1]).active.iter_rows()
print(json.dumps([[[cell.value, cell.data_type] for cell in row] for row in rows]))
)";

struct Row
{
    const char* what;
    QString text;
    QString read; ///< by whom it is opened
};

QList<Row> rows()
{
    const QString replaced(QChar::ReplacementCharacter);
    return {
        {"plain", u"a b"_s, u"a b"_s},
        {"markup", u"<a href=\"x\">&amp;'</a>"_s, u"<a href=\"x\">&amp;'</a>"_s},
        {"no CDATA's end", u"]]>"_s, u"]]>"_s},
        {"U+FFFF", u"a\uffff"_s + u"b"_s, u"a"_s + replaced + u'b'},
        {"U+FFFE", QString(QChar(0xfffe)), replaced},
        {"U+FFFD", replaced, replaced},
        {"NUL", QString(QChar(0)) + u'x', replaced + u'x'},
        {"control characters", u"\u0001\u0008\u000b\u001f"_s, replaced.repeated(4)},
        {"tab and line", u"a\tb\nc"_s, u"a\tb\nc"_s},
        {"line ends", u"a\r\nb\rc"_s, u"a\nb\nc"_s},
        {"delete and C1", u"\u007f\u0085\u009f"_s, u"\u007f\u0085\u009f"_s},
        {"half a pair", QString(QChar(0xd83d)), replaced},
        {"the other half", QString(QChar(0xde00)) + u'x', replaced + u'x'},
        {"pair the wrong way", QString(QChar(0xde00)) + QChar(0xd83d), replaced.repeated(2)},
        {"beyond the first plane", u"\U0001f600"_s, u"\U0001f600"_s},
        {"escaped character", u"_x0041_"_s, u"_x0041_"_s},
        {"two of them", u"_x0041__xFFFF_"_s, u"_x0041__xFFFF_"_s},
        {"no escape", u"_x004_ _xyz_ _"_s, u"_x004_ _xyz_ _"_s},
        {"formula", u"=1+1"_s, u"=1+1"_s},
        {"array formula", u"{=1+1}"_s, u"{=1+1}"_s},
        {"link", u"https://example.org"_s, u"https://example.org"_s},
        {"number as text", u"007"_s, u"007"_s},
        {"spaces", u"  a  "_s, u"  a  "_s},
        {"other letters", u"检查"_s, u"检查"_s},
    };
}

QJsonArray readAgain(const QByteArray& workbook)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"export.xlsx"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(workbook) != workbook.size())
        return {};
    file.close();
    QProcess python;
    python.start(u"/usr/bin/python3"_s, {u"-c"_s, QString::fromLatin1(reader), file.fileName()});
    if (!python.waitForFinished() || python.exitCode() != 0)
        qWarning().noquote() << python.readAllStandardError();
    return QJsonDocument::fromJson(python.readAllStandardOutput()).array();
}

} // namespace

class WorkbookTest : public QObject
{
    Q_OBJECT

private slots:
    void everyText_opensAndIsText()
    {
        QList<analytics::SheetRow> sheet;
        for (const Row& row : rows())
            sheet.append({row.text, row.text, u"end"_s});
        const auto workbook = api::toWorkbook(sheet);
        QVERIFY(workbook.has_value());
        const QJsonArray read = readAgain(*workbook);
        QCOMPARE(read.size(), sheet.size() + 1);
        for (qsizetype i = 0; i < sheet.size(); ++i) {
            const Row row = rows().at(i);
            for (const int column : {0, 1}) {
                QVERIFY2(read[i + 1][column][0].toString() == row.read, row.what);
                QVERIFY2(read[i + 1][column][1].toString() == u"s"_s, row.what);
            }
            QCOMPARE(read[i + 1][2][0].toString(), u"end"_s);
        }
    }

    void everyNumber_opens()
    {
        const double endless = std::numeric_limits<double>::infinity();
        const QList<double> numbers{0,       -0.0,     1.5,
                                    1e300,   5e-324,   std::numeric_limits<double>::max(),
                                    endless, -endless, std::numeric_limits<double>::quiet_NaN()};
        QList<analytics::SheetRow> sheet;
        for (const double number : numbers)
            sheet.append({u"n"_s, number, u"c"_s});
        const auto workbook = api::toWorkbook(sheet);
        QVERIFY(workbook.has_value());
        const QJsonArray read = readAgain(*workbook);
        QCOMPARE(read.size(), numbers.size() + 1);
        for (qsizetype i = 0; i < numbers.size(); ++i) {
            if (std::abs(numbers[i]) < 1e308)
                QCOMPARE(read[i + 1][1][0].toDouble(-1), numbers[i]);
            else
                QVERIFY(read[i + 1][1][0].isNull());
        }
    }

    void longText_endsBetweenTwoCharacters_data()
    {
        QTest::addColumn<QString>("text");
        constexpr int most = 32'767;
        QTest::addColumn<QString>("cell");
        QTest::newRow("as long as it may be") << QString(most, u'a') << QString(most, u'a');
        QTest::newRow("one longer") << QString(most + 1, u'a') << QString(most, u'a');
        QTest::newRow("pairs") << u"\U0001f600"_s.repeated(most) << u"\U0001f600"_s.repeated(most / 2);
        QTest::newRow("an escape at the end")
            << QString(most - 6, u'a') + u"_x0041_"_s << QString(most - 6, u'a');
        QTest::newRow("very long") << QString(2'000'000, u'<') << QString(most, u'<');
    }

    void longText_endsBetweenTwoCharacters()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, cell);
        QVERIFY(api::cellText(text) == cell);
        const auto workbook = api::toWorkbook({{text, text, u"end"_s}});
        QVERIFY(workbook.has_value());
        const QJsonArray read = readAgain(*workbook);
        QVERIFY(read[1][0][0].toString() == cell);
        QCOMPARE(read[1][2][0].toString(), u"end"_s);
    }
};

PRISM_TEST(WorkbookTest)

} // namespace tst_workbook

#include "tst_workbook.moc"
