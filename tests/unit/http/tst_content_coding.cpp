#include "server/http/content_coding.h"
#include "server/http/response_encoder.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <zlib.h>

namespace tst_content_coding {

using namespace prism::http;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype most = 100'000; ///< of who has little time

QByteArray unpacked(const QByteArray& bytes)
{
    constexpr int gzipFormat = 16;
    z_stream stream{};
    if (inflateInit2(&stream, gzipFormat + MAX_WBITS) != Z_OK)
        return {};
    QByteArray out(4 * 1024 * 1024, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    const int end = inflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    inflateEnd(&stream);
    return end == Z_STREAM_END ? out : QByteArray();
}

Request requestThatAccepts(const QByteArray& codings)
{
    Request request;
    request.method = "GET";
    if (!codings.isEmpty())
        request.headers.add("Accept-Encoding", codings);
    return request;
}

} // namespace

/// Who compresses an answer, and what is left to whoever has little time.
class ContentCodingTest : public QObject
{
    Q_OBJECT

private slots:
    void answer_isCompressedWhereThereIsTimeForIt_data()
    {
        QTest::addColumn<QByteArray>("accepted");
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<bool>("isCompressed"); ///< at all
        QTest::addColumn<bool>("isInLittleTime");
        QTest::addColumn<bool>("isMadeSmaller"); ///< in little time
        const auto row = [](const char* name, const QByteArray& accepted, qsizetype size,
                            const QByteArray& tag, bool isCompressed, bool isInLittleTime,
                            bool isMadeSmaller) {
            QTest::newRow(name) << accepted << size << tag << isCompressed << isInLittleTime << isMadeSmaller;
        };
        const QByteArray only = "gzip, identity;q=0";
        row("short", "gzip", 1024, {}, false, false, false);
        row("not so short", "gzip", 1025, {}, true, true, true);
        row("at the limit", "gzip", most, {}, true, true, true);
        row("beyond it", "gzip", most + 1, {}, true, false, false);
        row("long", "gzip", 3'000'000, {}, true, false, false);
        row("long, not taken", "identity", 3'000'000, {}, false, false, false);
        row("long, nothing said", {}, 3'000'000, {}, false, false, false);
        row("long, a strong tag", "gzip", 3'000'000, "\"1\"", false, false, false);
        row("long, a weak tag", "gzip", 3'000'000, "W/\"1\"", true, false, false);
        row("short, nothing else is taken", only, 100, {}, true, true, true);
        row("long, nothing else is taken", only, 3'000'000, {}, true, true, false);
        row("long, a strong tag, nothing else is taken", only, 3'000'000, "\"1\"", true, true, false);
        row("empty, nothing else is taken", only, 0, {}, false, false, false);
    }

    void answer_isCompressedWhereThereIsTimeForIt()
    {
        QFETCH(const QByteArray, accepted);
        QFETCH(const qsizetype, size);
        QFETCH(const QByteArray, tag);
        QFETCH(const bool, isCompressed);
        QFETCH(const bool, isInLittleTime);
        QFETCH(const bool, isMadeSmaller);
        const Request request = requestThatAccepts(accepted);
        Response plain;
        plain.body = QByteArray(size, 'x');
        if (!tag.isEmpty())
            plain.addHeader("ETag", tag);
        Response whole = plain;
        compress(request, whole);
        QCOMPARE(whole.isCompressed, isCompressed);
        QVERIFY((isCompressed ? unpacked(whole.body) : whole.body) == plain.body);
        Response quick = plain;
        compress(request, quick, most);
        QCOMPARE(quick.isCompressed, isInLittleTime);
        QVERIFY((isInLittleTime ? unpacked(quick.body) : quick.body) == plain.body);
        QCOMPARE(quick.body.size() < size, isMadeSmaller);
        Response again = whole;
        compress(request, again, most);
        QVERIFY2(again.body == whole.body, "what is compressed stays as it is");
    }

    void encoder_sendsWhatIsCompressedAsItIs_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<bool>("isDoneBefore");
        QTest::addColumn<bool>("isCompressed"); ///< as it is sent
        QTest::newRow("of a reader") << qsizetype(1'000'000) << true << true;
        QTest::newRow("of a worker") << qsizetype(1'000'000) << false << false;
        QTest::newRow("of a worker, at its limit") << qsizetype(128 * 1024) << false << true;
        QTest::newRow("of a worker, beyond it") << qsizetype(128 * 1024 + 1) << false << false;
    }

    void encoder_sendsWhatIsCompressedAsItIs()
    {
        QFETCH(const qsizetype, size);
        QFETCH(const bool, isDoneBefore);
        QFETCH(const bool, isCompressed);
        const Request request = requestThatAccepts("gzip");
        Response response;
        response.body = QByteArray(size, 'x');
        response.addHeader("ETag", "W/\"1\"");
        const QByteArray plain = response.body;
        if (isDoneBefore)
            compress(request, response);
        const QByteArray sent = ResponseEncoder().encode(request, response, {}, true);
        const qsizetype end = sent.indexOf("\r\n\r\n") + 4;
        QCOMPARE(sent.contains("\r\nContent-Encoding: gzip\r\n"), isCompressed);
        QVERIFY(sent.contains("\r\nVary: Accept-Encoding\r\n"));
        QVERIFY(sent.contains("\r\nContent-Length: " + QByteArray::number(sent.size() - end) + "\r\n"));
        const QByteArray body = sent.sliced(end);
        QVERIFY((isCompressed ? unpacked(body) : body) == plain);
    }
};

PRISM_APPLESS_TEST(ContentCodingTest)

} // namespace tst_content_coding

#include "tst_content_coding.moc"
