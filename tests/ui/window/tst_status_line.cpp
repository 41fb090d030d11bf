#include "client/ui/window/status_line.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

namespace tst_status_line {

using namespace prism;
using model::Hindrance;
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
    void hindrance_isSaidWhileItLasts_data();
    void hindrance_isSaidWhileItLasts();
    void hindrance_isTheReasonOfWhatFailed();
    void hindrance_isNotTheReasonOfWhatTheServerRefused();
    void completeness_namesTheMomentAndTheOutages();
    void ageOfTheNumbers_isSaidUntilTheyAreFresh();
};

namespace {

const QString address = QStringLiteral("prism:3000");

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
    QTest::newRow("unreachable") << ErrorCode::Unavailable << QStringLiteral("is not available");
    QTest::newRow("not allowed") << ErrorCode::NotAllowed << QStringLiteral("does not allow");
    QTest::newRow("another program") << ErrorCode::NotJson << QStringLiteral("Is this a PRISM server?");
    QTest::newRow("anything else") << ErrorCode::Internal << QStringLiteral("stands in its log");
}

void TestStatusLine::error_isSaidByItsKind()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, part);
    StatusLine line;
    line.displayError({code, QStringLiteral("why")});
    QVERIFY2(line.noticeText().contains(part), qPrintable(line.noticeText()));
}

void TestStatusLine::hindrance_isSaidWhileItLasts_data()
{
    QTest::addColumn<Hindrance>("hindrance");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, Hindrance hindrance, const char* sentence) {
        QTest::newRow(name) << hindrance << QString::fromUtf8(sentence);
    };
    row("unknown host", Hindrance::UnknownHost,
        "No computer is known by the name in prism:3000. Is it spelled right?");
    row("no route", Hindrance::NoRoute,
        "The network does not lead to prism:3000. Is this computer connected?");
    row("refused", Hindrance::Refused,
        "Nothing answers at prism:3000. Is the server running, and is the port right?");
    row("silence", Hindrance::Silence,
        "prism:3000 does not answer. It may be busy, or a firewall may stand between.");
    row("broken off", Hindrance::BrokenOff,
        "prism:3000 hung up without an answer in HTTP. Does its address begin with http:// or https://?");
    row("untrusted", Hindrance::Untrusted, "This computer does not trust the certificate of prism:3000.");
    row("not TLS", Hindrance::NotTls,
        "prism:3000 does not speak TLS. Its address may begin with http:// instead of https://.");
    row("too much", Hindrance::TooMuch,
        "prism:3000 answered more than this dashboard takes in. Is it a PRISM server?");
    row("leads away", Hindrance::LeadsAway,
        "prism:3000 sends its visitors to another address. Use that one.");
    row("gateway", Hindrance::Gateway, "What stands in front of prism:3000 says that the server is away.");
    row("another server", Hindrance::NotPrism, "What answers at prism:3000 is not a PRISM server.");
}

void TestStatusLine::hindrance_isSaidWhileItLasts()
{
    QFETCH(Hindrance, hindrance);
    QFETCH(QString, sentence);
    StatusLine line(nullptr, std::chrono::milliseconds(1));
    line.setHindrance(hindrance, address, false);
    QCOMPARE(line.noticeText(), sentence); // and promises nothing of what is not there
    line.displayError(unavailable());
    QCOMPARE(line.noticeText(), sentence);
    line.clearError(); // as it does by itself after a while
    QCOMPARE(line.noticeText(), sentence);
    line.setHindrance(hindrance, address, true);
    QCOMPARE(line.noticeText(), sentence + QStringLiteral(" What is shown stays."));
    line.setHindrance({}, address, true);
    QCOMPARE(line.noticeText(), QString());
}

void TestStatusLine::hindrance_isTheReasonOfWhatFailed()
{
    StatusLine line;
    line.setHindrance(Hindrance::Silence, address, true);
    line.displayFailure(QStringLiteral("The alert was not acknowledged."), unavailable());
    QCOMPARE(line.noticeText(),
             QStringLiteral("The alert was not acknowledged. prism:3000 does not answer. It may "
                            "be busy, or a firewall may stand between."));
}

void TestStatusLine::hindrance_isNotTheReasonOfWhatTheServerRefused()
{
    StatusLine line;
    line.setHindrance(Hindrance::Silence, address, true);
    line.displayFailure(QStringLiteral("The alert was not acknowledged."),
                        protocol::Error{ErrorCode::NotFound, {}});
    QCOMPARE(line.noticeText(),
             QStringLiteral("The alert was not acknowledged. The server does not know it."));
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

void TestStatusLine::ageOfTheNumbers_isSaidUntilTheyAreFresh()
{
    StatusLine line;
    line.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    line.setCompleteness(*protocol::fromIso(u"2026-02-07T09:12:00Z"), {});
    line.setAge(std::chrono::seconds(18));
    QCOMPARE(line.completenessText(), QStringLiteral("numbers 18 s old"));
    line.setAge({});
    QCOMPARE(line.completenessText(), QStringLiteral("complete since 09:12"));
}

PRISM_WIDGET_TEST(TestStatusLine)

} // namespace tst_status_line

#include "tst_status_line.moc"
