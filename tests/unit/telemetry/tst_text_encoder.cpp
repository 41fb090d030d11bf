#include "server/telemetry/text_encoder.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <limits>

namespace tst_text_encoder {

using namespace prism::telemetry;

class TextEncoderTest : public QObject
{
    Q_OBJECT

private slots:
    void metric_hasHelpTypeAndItsSamples()
    {
        TextEncoder out;
        out.begin("a_total", TextEncoder::Type::Counter, "What it counts.");
        out.sample(quint64(3), {{"x", "1"}, {"y", "2"}});
        out.begin("b", TextEncoder::Type::Gauge, "Where it stands.");
        out.sample(quint64(0));
        QCOMPARE(out.text(), QByteArray("# HELP a_total What it counts.\n"
                                        "# TYPE a_total counter\n"
                                        "a_total{x=\"1\",y=\"2\"} 3\n"
                                        "# HELP b Where it stands.\n"
                                        "# TYPE b gauge\n"
                                        "b 0\n"));
    }

    void labelsValue_isEscaped_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("a quotation mark") << QByteArray("a\"b") << QByteArray("a\\\"b");
        QTest::newRow("a backslash") << QByteArray("a\\b") << QByteArray("a\\\\b");
        QTest::newRow("a line's end") << QByteArray("a\nb") << QByteArray("a\\nb");
        QTest::newRow("a backslash before an n") << QByteArray("\\n") << QByteArray("\\\\n");
        QTest::newRow("UTF-8, which stays") << QByteArray("\xe6\x9c\x88") << QByteArray("\xe6\x9c\x88");
        QTest::newRow("a route's braces, which stay") << QByteArray("/a/{id}") << QByteArray("/a/{id}");
    }

    void labelsValue_isEscaped()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, written);
        TextEncoder out;
        out.begin("a", TextEncoder::Type::Gauge, "h");
        out.sample(quint64(1), {{"x", value}});
        QCOMPARE(out.text().split('\n').value(2), QByteArray("a{x=\"" + written + "\"} 1"));
    }

    void help_keepsQuotationMarksAndEscapesTheRest()
    {
        TextEncoder out;
        out.begin("a", TextEncoder::Type::Gauge, "say \"x\\y\"\nand more");
        QCOMPARE(out.text().split('\n').value(0), QByteArray("# HELP a say \"x\\\\y\"\\nand more"));
    }

    void number_isTheShortestThatReadsBackTheSame_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("a tenth") << 0.1 << QByteArray("0.1");
        QTest::newRow("whole") << 12.0 << QByteArray("12");
        QTest::newRow("a moment") << 1795476000.25 << QByteArray("1795476000.25");
        QTest::newRow("no end") << std::numeric_limits<double>::infinity() << QByteArray("+Inf");
        QTest::newRow("no end below") << -std::numeric_limits<double>::infinity() << QByteArray("-Inf");
        QTest::newRow("none") << std::numeric_limits<double>::quiet_NaN() << QByteArray("NaN");
    }

    void number_isTheShortestThatReadsBackTheSame()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, written);
        TextEncoder out;
        out.begin("a", TextEncoder::Type::Gauge, "h");
        out.sample(value);
        QCOMPARE(out.text().split('\n').value(2), "a " + written);
    }

    void histogram_sumsItsBucketsUp()
    {
        const std::array<quint64, 2> bounds{500, 1000};
        Histogram histogram({bounds, 1000});
        for (const quint64 value : {100U, 700U, 800U, 2000U})
            histogram.observe(value);
        TextEncoder out;
        out.begin("t_seconds", TextEncoder::Type::Histogram, "h");
        out.sample(histogram.values(), {{"route", "/a"}});
        QCOMPARE(
            out.text().split('\n').mid(2),
            (QList<QByteArray>{"t_seconds_bucket{route=\"/a\",le=\"0.5\"} 1",
                               "t_seconds_bucket{route=\"/a\",le=\"1\"} 3",
                               "t_seconds_bucket{route=\"/a\",le=\"+Inf\"} 4",
                               "t_seconds_sum{route=\"/a\"} 3.6", "t_seconds_count{route=\"/a\"} 4", ""}));
    }
};

PRISM_TEST(TextEncoderTest)

} // namespace tst_text_encoder

#include "tst_text_encoder.moc"
