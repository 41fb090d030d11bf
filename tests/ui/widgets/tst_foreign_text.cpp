#include "client/model/activity_model.h"
#include "client/model/alerts_model.h"
#include "client/ui/activity/activity_texts.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/table_contents.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QClipboard>
#include <QTableView>
#include <QTest>
#include <QTextLayout>

namespace tst_foreign_text {

using namespace prism;
using ui::isolated;

/// Names that run from right to left, beside the window's own words.
class TestForeignText : public QObject
{
    Q_OBJECT

private slots:
    void text_isIsolatedWhereItTurns_data();
    void text_isIsolatedWhereItTurns();
    void row_keepsItsOrder_data();
    void row_keepsItsOrder();
    void copiesAndFiles_haveThePlainText();
    void search_findsWhatIsIsolated();
    void alert_keepsItsOrder();
};

namespace {

const QString hebrew = QStringLiteral("שלום עולם");

/// The columns of a table of events with one check of `project`.
struct Table
{
    explicit Table(const QString& project)
        : model(net::Options{})
    {
        texts.setSourceModel(&model);
        texts.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
        const QJsonObject check{{QStringLiteral("status"), QStringLiteral("PASS")},
                                {QStringLiteral("project"), project},
                                {QStringLiteral("duration"), 12}};
        model.replace(
            {protocol::Event{QString(protocol::event_type::checkCompleted), 1, check, protocol::now()}});
    }

    QString detail() const { return texts.index(0, model::ActivityModel::DetailColumn).data().toString(); }

    model::ActivityModel model;
    ui::ActivityTexts texts;
};

/// Where a person sees the character at `position` of a line.
qreal placeOf(const QString& line, qsizetype position)
{
    QTextLayout layout(line, QApplication::font());
    QTextOption option;
    option.setTextDirection(Qt::LeftToRight);
    layout.setTextOption(option);
    layout.beginLayout();
    const QTextLine laid = layout.createLine();
    layout.endLayout();
    return laid.cursorToX(int(position));
}

} // namespace

void TestForeignText::text_isIsolatedWhereItTurns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* name, const char16_t* text, const char16_t* shown) {
        QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(shown);
    };
    row("nothing", u"", u"");
    row("Latin", u"payments (v2)", u"payments (v2)");
    row("Chinese", u"支付", u"支付");
    row("Hebrew", u"שלום", u"\u2068שלום\u2069");
    row("Arabic with digits", u"مرحبا 12", u"\u2068مرحبا 12\u2069");
    row("Arabic digits alone", u"١٢", u"\u2068١٢\u2069");
    row("mixed", u"a שלום b", u"\u2068a שלום b\u2069");
    row("beyond the first plane", u"\U0001E900", u"\u2068\U0001E900\u2069"); // Adlam
    row("an override", u"a\u202Etxt.exe", u"atxt.exe");
    row("embedded and not ended", u"\u202Bשלום", u"\u2068שלום\u2069");
    row("the end of an isolate", u"שלום\u2069 12", u"\u2068שלום 12\u2069");
    row("an isolate of its own", u"\u2067abc\u2069", u"abc");
}

void TestForeignText::text_isIsolatedWhereItTurns()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(isolated(text), shown);
}

void TestForeignText::row_keepsItsOrder_data()
{
    QTest::addColumn<QString>("project");
    QTest::newRow("Latin") << QStringLiteral("payments");
    QTest::newRow("Hebrew") << hebrew;
    QTest::newRow("Arabic") << QStringLiteral("مرحبا");
    QTest::newRow("Hebrew that ends with a number") << hebrew + QStringLiteral(" 7");
    QTest::newRow("an override that is not ended") << QStringLiteral("\u202Eabc");
    QTest::newRow("the end of an isolate in it") << hebrew + QChar(0x2069);
}

void TestForeignText::row_keepsItsOrder()
{
    QFETCH(QString, project);
    const QString detail = Table(project).detail();
    const qsizetype ours = detail.indexOf(QStringLiteral(" · no violations"));
    QVERIFY2(ours > 0, qPrintable(detail));
    const qreal first = placeOf(detail, ours);
    qreal before = first;
    for (qsizetype position = ours + 1; position <= detail.size(); ++position) {
        const qreal place = placeOf(detail, position);
        QVERIFY2(place > before, qPrintable(QStringLiteral("%1 at %2").arg(detail).arg(position)));
        before = place;
    }
    for (qsizetype position = 0; position < ours; ++position)
        QVERIFY2(placeOf(detail, position) <= first, qPrintable(detail));
}

void TestForeignText::copiesAndFiles_haveThePlainText()
{
    Table table(hebrew);
    QTableView view;
    view.setModel(&table.texts);
    view.selectRow(0);
    const ui::TableContents contents(view);
    contents.copySelection();
    const QString plain = hebrew + QStringLiteral(" · no violations · 12");
    QVERIFY2(QApplication::clipboard()->text().contains(plain),
             qPrintable(QApplication::clipboard()->text()));
    QVERIFY(QString::fromUtf8(contents.toCsv()).contains(plain));
}

void TestForeignText::search_findsWhatIsIsolated()
{
    Table table(hebrew);
    table.texts.setSearch(hebrew + QStringLiteral(" · no"));
    QCOMPARE(table.texts.rowCount(), 1);
    table.texts.setSearch(QStringLiteral("payments"));
    QCOMPARE(table.texts.rowCount(), 0);
}

/// Who acknowledged it stands among the window's own words.
void TestForeignText::alert_keepsItsOrder()
{
    protocol::Alert alert;
    alert.id = QStringLiteral("a");
    alert.kind = protocol::AlertKind::UsageDrop;
    alert.message = QStringLiteral("12 checks");
    alert.state = protocol::AlertState::Acknowledged;
    alert.acknowledgement = protocol::Acknowledgement{hebrew, protocol::now()};
    model::AlertsModel alerts;
    alerts.add(alert);
    ui::AlertTexts texts;
    texts.setSourceModel(&alerts);
    const QModelIndex row = texts.index(0, 0);
    QCOMPARE(row.data(ui::AlertTexts::StateTextRole).toString(),
             QStringLiteral("acknowledged by ") + isolated(hebrew));
    QVERIFY(row.data(Qt::AccessibleTextRole).toString().endsWith(isolated(hebrew)));
}

PRISM_WIDGET_TEST(TestForeignText)

} // namespace tst_foreign_text

#include "tst_foreign_text.moc"
