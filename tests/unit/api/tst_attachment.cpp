#include "server/api/attachment.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_attachment {

using prism::api::attachment;

class AttachmentTest : public QObject
{
    Q_OBJECT

private slots:
    void name_isOneFileAndOneHeader_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("disposition");
        const auto row = [](const char* what, const char* name, const char* disposition) {
            QTest::newRow(what) << QString::fromUtf8(name) << QByteArray(disposition);
        };
        row("plain", "a-b_1.csv", "attachment; filename=\"a-b_1.csv\"");
        row("space", "a b.csv", "attachment; filename=\"a b.csv\"");
        row("quotes", "a\"b.csv", "attachment; filename=\"a_b.csv\"");
        row("backslash", "a\\b.csv", "attachment; filename=\"a_b.csv\"");
        row("folder", "../etc/passwd", "attachment; filename=\"_._etc_passwd\"");
        row("hidden", ".profile", "attachment; filename=\"_profile\"");
        row("line end", "a\r\nSet-Cookie: x", "attachment; filename=\"a__Set-Cookie_ x\"");
        row("semicolon", "a;b.csv", "attachment; filename=\"a;b.csv\"");
        row("percent", "a%41.csv", "attachment; filename=\"a_41.csv\"");
        row("umlaut", "Ärzte.csv", "attachment; filename=\"_rzte.csv\"; filename*=UTF-8''%C3%84rzte.csv");
        row("beyond the first plane", "😀'.csv",
            "attachment; filename=\"__'.csv\"; filename*=UTF-8''%F0%9F%98%80%27.csv");
        row("turned around", "a\u202ecsv.exe", "attachment; filename=\"a_csv.exe\"");
        row("nothing", "", "attachment; filename=\"_\"");
    }

    void name_isOneFileAndOneHeader()
    {
        QFETCH(const QString, name);
        QTEST(attachment(name), "disposition");
    }

    void longName_endsBetweenTwoCharacters()
    {
        const QByteArray disposition = attachment(QString(300, QChar(0xc4)));
        QCOMPARE(disposition.count("%C3%84"), 100);
        QVERIFY(disposition.endsWith("%84"));
    }
};

PRISM_APPLESS_TEST(AttachmentTest)

} // namespace tst_attachment

#include "tst_attachment.moc"
