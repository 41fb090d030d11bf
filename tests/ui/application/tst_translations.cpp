#include "tests/support/test_program.h"
#include "tests/ui/translation_file.h"

#include <QDir>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

namespace tst_translations {

using namespace prism;

/// The translations against the sources: nothing missing, nothing left over, nothing unfinished.
class TestTranslations : public QObject
{
    Q_OBJECT

private slots:
    void everyText_isInTheFile_data();
    void everyText_isInTheFile();
    void everyText_isTranslated_data();
    void everyText_isTranslated();
    void placeholders_areKept();
};

namespace {

QSet<QString> keysOf(const QList<test::Message>& messages)
{
    QSet<QString> keys;
    for (const test::Message& message : messages)
        keys.insert(message.key);
    return keys;
}

} // namespace

void TestTranslations::everyText_isInTheFile_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("Chinese, everything") << QStringLiteral("zh_CN") << QStringList();
    QTest::newRow("English, the plurals")
        << QStringLiteral("en") << QStringList{QStringLiteral("-pluralonly")};
}

void TestTranslations::everyText_isInTheFile()
{
    QFETCH(QString, language);
    QFETCH(QStringList, options);
    const QTemporaryDir dir;
    const QString fresh = dir.filePath(QStringLiteral("prism_%1.ts").arg(language));
    const QString root = qEnvironmentVariable("PRISM_SOURCE_DIR");

    QProcess lupdate;
    lupdate.setWorkingDirectory(root);
    lupdate.setProcessChannelMode(QProcess::MergedChannels);
    lupdate.start(qEnvironmentVariable("PRISM_LUPDATE"),
                  QStringList{QStringLiteral("-I"), QStringLiteral("."), QStringLiteral("client"),
                              QStringLiteral("-locations"), QStringLiteral("none"),
                              QStringLiteral("-target-language"), language} +
                      options + QStringList{QStringLiteral("-ts"), fresh});
    QVERIFY(lupdate.waitForFinished());
    QVERIFY2(lupdate.exitCode() == 0, lupdate.readAll().constData());

    const QSet<QString> needed = keysOf(test::messagesIn(fresh));
    const QSet<QString> there = keysOf(test::messagesOf(language));
    QVERIFY(!needed.isEmpty());
    QCOMPARE((needed - there).values(), QStringList());
    QCOMPARE((there - needed).values(), QStringList());
}

void TestTranslations::everyText_isTranslated_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    QTest::newRow("English") << QStringLiteral("en");
}

void TestTranslations::everyText_isTranslated()
{
    QFETCH(QString, language);
    const QList<test::Message> messages = test::messagesOf(language);
    QVERIFY(!messages.isEmpty());
    for (const test::Message& message : messages) {
        QVERIFY2(message.finished, qPrintable(message.key));
        for (const QString& translation : message.translations)
            QVERIFY2(!translation.trimmed().isEmpty(), qPrintable(message.key));
    }
}

void TestTranslations::placeholders_areKept()
{
    const QList<test::Message> messages = test::messagesOf(QStringLiteral("zh_CN"));
    for (const test::Message& message : messages) {
        for (const char* placeholder : {"%1", "%2", "%3", "%4", "%Ln"}) {
            const QLatin1String name(placeholder);
            for (const QString& translation : message.translations)
                QVERIFY2(message.source.contains(name) == translation.contains(name),
                         qPrintable(message.key));
        }
    }
}

PRISM_TEST(TestTranslations)

} // namespace tst_translations

#include "tst_translations.moc"
