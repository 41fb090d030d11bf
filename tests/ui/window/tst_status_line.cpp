#include "client/ui/window/status_line.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace prism;
using protocol::ErrorCode;
using ui::StatusLine;

class TestStatusLine : public QObject
{
    Q_OBJECT

private slots:
    void error_goesAwayByItself();
    void error_takesNoRoomAndGivesNone();
    void error_isSaidByItsKind_data();
    void error_isSaidByItsKind();
    void completeness_namesTheMomentAndTheOutages();
};

namespace {

protocol::Error unavailable()
{
    return {ErrorCode::Unavailable, QStringLiteral("Connection refused")};
}

} // namespace

void TestStatusLine::error_goesAwayByItself()
{
    StatusLine line(nullptr, std::chrono::milliseconds(50));
    line.displayError(unavailable());
    QVERIFY(!line.noticeText().isEmpty());
    QTRY_COMPARE(line.noticeText(), QString());
}

void TestStatusLine::error_takesNoRoomAndGivesNone()
{
    StatusLine line;
    const int height = line.sizeHint().height();
    line.displayError(unavailable());
    QCOMPARE(line.sizeHint().height(), height);
    line.clearError();
    QCOMPARE(line.noticeText(), QString());
    QCOMPARE(line.sizeHint().height(), height);
}

void TestStatusLine::error_isSaidByItsKind_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("part");
    QTest::newRow("unreachable") << ErrorCode::Unavailable << QStringLiteral("cannot be reached");
    QTest::newRow("not allowed") << ErrorCode::NotAllowed << QStringLiteral("does not allow");
    QTest::newRow("another program") << ErrorCode::NotJson << QStringLiteral("Is this a PRISM server?");
    QTest::newRow("anything else") << ErrorCode::Internal << QStringLiteral("(ERR_5000): why");
}

void TestStatusLine::error_isSaidByItsKind()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, part);
    StatusLine line;
    line.displayError({code, QStringLiteral("why")});
    QVERIFY2(line.noticeText().contains(part), qPrintable(line.noticeText()));
}

void TestStatusLine::completeness_namesTheMomentAndTheOutages()
{
    StatusLine line;
    line.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(line.completenessText(), QString());
    const protocol::Timestamp since = *protocol::fromIso(u"2026-02-07T09:12:00Z");
    line.setCompleteness(since, {{since + std::chrono::hours(1), since + std::chrono::hours(2), 5, true},
                                 {since + std::chrono::hours(3), since + std::chrono::hours(4), 0, false}});
    QCOMPARE(line.completenessText(), QStringLiteral("complete since 09:12"));
    QString toolTip;
    const QList<QLabel*> labels = line.findChildren<QLabel*>();
    for (const QLabel* label : labels)
        toolTip += label->toolTip();
    QVERIFY2(toolTip.contains(QStringLiteral("10:12–11:12: 5 event(s) caught up")), qPrintable(toolTip));
    QVERIFY2(toolTip.contains(QStringLiteral("12:12–13:12: everything was loaded anew")),
             qPrintable(toolTip));
}

PRISM_WIDGET_TEST(TestStatusLine)
#include "tst_status_line.moc"
