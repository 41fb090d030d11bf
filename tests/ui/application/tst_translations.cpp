#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

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

struct Message
{
    QString key; ///< context, source and comment
    QString source;
    QStringList translations; ///< one, or one per plural form
    bool finished = true;
};

/// The text of a <translation>, or its plural forms one by one. Stops at its end tag.
QStringList readTranslations(QXmlStreamReader& xml)
{
    QStringList forms;
    QString text;
    while (xml.readNext() != QXmlStreamReader::EndElement && !xml.atEnd()) {
        if (xml.isStartElement())
            forms.append(xml.readElementText());
        else if (xml.isCharacters())
            text += xml.text();
    }
    return forms.isEmpty() ? QStringList(text.trimmed()) : forms;
}

QList<Message> readMessages(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            messages.append(Message{});
        else if (xml.name() == QLatin1String("source"))
            messages.last().source = xml.readElementText();
        else if (xml.name() == QLatin1String("comment"))
            messages.last().key = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            messages.last().finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            messages.last().key.prepend(context + QLatin1Char('|') + messages.last().source +
                                        QLatin1Char('|'));
            messages.last().translations = readTranslations(xml);
        }
    }
    return messages;
}

QSet<QString> keysOf(const QList<Message>& messages)
{
    QSet<QString> keys;
    for (const Message& message : messages)
        keys.insert(message.key);
    return keys;
}

QString fileOf(const QString& language)
{
    return qEnvironmentVariable("PRISM_SOURCE_DIR") +
           QStringLiteral("/resources/translations/prism_%1.ts").arg(language);
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

    const QSet<QString> needed = keysOf(readMessages(fresh));
    const QSet<QString> there = keysOf(readMessages(fileOf(language)));
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
    const QList<Message> messages = readMessages(fileOf(language));
    QVERIFY(!messages.isEmpty());
    for (const Message& message : messages) {
        QVERIFY2(message.finished, qPrintable(message.key));
        for (const QString& translation : message.translations)
            QVERIFY2(!translation.trimmed().isEmpty(), qPrintable(message.key));
    }
}

void TestTranslations::placeholders_areKept()
{
    const QList<Message> messages = readMessages(fileOf(QStringLiteral("zh_CN")));
    for (const Message& message : messages) {
        for (const char* placeholder : {"%1", "%2", "%3", "%4", "%Ln"}) {
            const QLatin1String name(placeholder);
            for (const QString& translation : message.translations)
                QVERIFY2(message.source.contains(name) == translation.contains(name),
                         qPrintable(message.key));
        }
    }
}

PRISM_TEST(TestTranslations)
#include "tst_translations.moc"
