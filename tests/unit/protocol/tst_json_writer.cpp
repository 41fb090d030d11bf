#include "shared/protocol/json_writer.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

namespace tst_json_writer {

using namespace prism::protocol;

class JsonWriterTest : public QObject
{
    Q_OBJECT

private slots:
    void text_isWrittenAsQtWritesIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QStringLiteral("plain");
        QTest::newRow("empty") << QString();
        QTest::newRow("quotes") << QStringLiteral("say \\ and %1").arg(QChar(0x22));
        QTest::newRow("two bytes") << QString(QChar(0xE9));
        QTest::newRow("three bytes") << QString(QChar(0x20AC));
        QTest::newRow("four bytes") << QString::fromUcs4(U"\x1F600", 1);
        QTest::newRow("high alone") << QString(QChar(0xD83D)) + QLatin1Char('x');
        QTest::newRow("low alone") << QString(QChar(0xDE00));
        for (char16_t unit = 1; unit < 0x20; ++unit)
            QTest::addRow("control %d", unit) << QString(QChar(unit));
    }

    void text_isWrittenAsQtWritesIt()
    {
        QFETCH(QString, text);
        QByteArray written;
        JsonWriter json(written);
        json.beginArray();
        json.value(text);
        json.endArray();
        QCOMPARE(written, QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact));
    }

    void byteOrderMark_readsBackAsItself()
    {
        const QString mark(QChar::ByteOrderMark);
        const QJsonArray texts{mark, mark + mark + QStringLiteral("X"), QStringLiteral("X") + mark,
                               QJsonObject{{mark + QStringLiteral("key"), 1}}};
        QCOMPARE(QJsonDocument::fromJson(writtenJson(texts)).array(), texts);
    }

    void number_readsBackAsItself_data()
    {
        QTest::addColumn<double>("number");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("whole") << 100000.0 << QByteArray("100000");
        QTest::newRow("zero") << 0.0 << QByteArray("0");
        QTest::newRow("fraction") << 0.1 << QByteArray("0.1");
        QTest::newRow("negative") << -12.5 << QByteArray("-12.5");
        QTest::newRow("large") << 1e300 << QByteArray("1e+300");
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << QByteArray("null");
    }

    void number_readsBackAsItself()
    {
        QFETCH(double, number);
        QFETCH(QByteArray, text);
        QByteArray written;
        JsonWriter(written).value(number);
        QCOMPARE(written, text);
        if (qIsFinite(number))
            QCOMPARE(written.toDouble(), number);
    }

    void nested_hasItsCommas()
    {
        QByteArray written;
        JsonWriter json(written);
        json.beginObject();
        json.field(QLatin1String("a"), 1);
        json.key(QLatin1String("b"));
        json.beginArray();
        json.beginObject();
        json.endObject();
        json.null();
        json.value(true);
        json.endArray();
        json.field(QLatin1String("c"), QJsonValue(QJsonObject{{QStringLiteral("k\n"), QJsonArray{1, 2}}}));
        json.endObject();
        QCOMPARE(written, QByteArray("{\"a\":1,\"b\":[{},null,true],\"c\":{\"k\\n\":[1,2]}}"));
    }
};

PRISM_APPLESS_TEST(JsonWriterTest)

} // namespace tst_json_writer

#include "tst_json_writer.moc"
