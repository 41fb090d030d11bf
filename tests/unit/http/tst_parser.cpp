#include "server/http/parser.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_parser {

using namespace prism::http;

class ParserTest : public QObject
{
    Q_OBJECT

    Limits m_limits;
    RequestIds m_ids;

private slots:
    void head_isTakenApart()
    {
        Parser parser(m_limits, m_ids, 1);
        QVERIFY(!parser.readHead(
            "GET /a%20b/c?x=1&y=%C3%A4 HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: abc-1\r\n"
            "X-Two: a\r\nX-Two: b\r\n\r\n"));
        const Request& request = parser.request();
        QCOMPARE(request.method, QByteArray("GET"));
        QCOMPARE(request.path, QStringLiteral("/a b/c"));
        QCOMPARE(request.parameter(QStringLiteral("x")), QStringLiteral("1"));
        QCOMPARE(request.parameter(QStringLiteral("y")), QStringLiteral("ä"));
        QVERIFY(!request.parameter(QStringLiteral("z")));
        QCOMPARE(request.header("x-two"), QByteArray("a, b"));
        QCOMPARE(request.id, QStringLiteral("abc-1"));
        QCOMPARE(request.listener, 1);
    }

    void manyFields_areRefused()
    {
        QByteArray fields;
        for (int i = 0; i < 100; ++i)
            fields += "X-" + QByteArray::number(i) + ": y\r\n";
        Parser parser(m_limits, m_ids, 0);
        const auto failure = parser.readHead("GET / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
        QVERIFY(failure);
        QCOMPARE(failure->status, 431);
    }

    void requestId_isReplacedUnlessItIsSane_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("spaces") << QByteArray("a b");
        QTest::newRow("quotes") << QByteArray("\"x\"");
        QTest::newRow("long") << QByteArray(129, 'x');
    }

    void requestId_isReplacedUnlessItIsSane()
    {
        QFETCH(QByteArray, id);
        Parser parser(m_limits, m_ids, 0);
        QVERIFY(!parser.readHead("GET / HTTP/1.1\r\nHost: h\r\nX-Request-Id: " + id + "\r\n\r\n"));
        QVERIFY(!parser.request().id.isEmpty());
        QVERIFY(parser.request().id.toLatin1() != id);
    }

    void badHead_isRefused_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        QTest::newRow("no host") << QByteArray("X: y\r\n") << 400;
        QTest::newRow("two hosts") << QByteArray("Host: a\r\nHost: b\r\n") << 400;
        QTest::newRow("two lengths") << QByteArray("Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n")
                                     << 400;
        QTest::newRow("the same length twice")
            << QByteArray("Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n") << 400;
        QTest::newRow("length and coding")
            << QByteArray("Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n") << 400;
        QTest::newRow("coding and length")
            << QByteArray("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n") << 400;
        QTest::newRow("negative length") << QByteArray("Host: a\r\nContent-Length: -1\r\n") << 400;
        QTest::newRow("unknown coding") << QByteArray("Host: a\r\nTransfer-Encoding: gzip\r\n") << 501;
        QTest::newRow("coding twice") << QByteArray("Host: a\r\nTransfer-Encoding: gzip, chunked\r\n") << 501;
        QTest::newRow("folded length") << QByteArray("Host: a\r\nContent-Length: 1,\r\n 1\r\n") << 400;
        QTest::newRow("space before colon") << QByteArray("Host: a\r\nX : y\r\n") << 400;
        QTest::newRow("bare line feed") << QByteArray("Host: a\nX: y\r\n") << 400;
    }

    void badHead_isRefused()
    {
        QFETCH(QByteArray, fields);
        QFETCH(int, status);
        Parser parser(m_limits, m_ids, 0);
        const auto failure = parser.readHead("POST / HTTP/1.1\r\n" + fields + "\r\n");
        QVERIFY(failure.has_value());
        QCOMPARE(failure->status, status);
    }

    void bodyOverTheLimit_isRefused()
    {
        Parser parser(m_limits, m_ids, 0);
        QVERIFY(!parser.readHead("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n"));
        QVERIFY(!parser.limitBody(11));
        QCOMPARE(parser.limitBody(10)->status, 413);
    }

    void announcedBody_takesNoMemoryBeforeItComes()
    {
        constexpr qint64 length = 10'000'000;
        Parser parser(m_limits, m_ids, 0);
        QVERIFY(!parser.readHead(
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + QByteArray::number(length) + "\r\n\r\n"));
        QVERIFY(!parser.limitBody(length));
        QVERIFY(parser.readBody("x").has_value());
        QVERIFY(parser.request().body.capacity() < 100'000);
        QCOMPARE(parser.readBody(QByteArray(length - 1, 'y')).value(), length - 1);
        QVERIFY(parser.isDone());
        QCOMPARE(parser.request().body.size(), length);
    }

    void fieldsBehindTheBody_areNotOfTheHead()
    {
        Parser parser(m_limits, m_ids, 0);
        QVERIFY(!parser.readHead("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                                 "Idempotency-Key: a\r\n\r\n"));
        QVERIFY(!parser.limitBody(100));
        QVERIFY(parser.readBody("1\r\nx\r\n0\r\nIdempotency-Key: b\r\nX-Trailer: y\r\n\r\n").has_value());
        QVERIFY(parser.isDone());
        QCOMPARE(parser.request().body, QByteArray("x"));
        QCOMPARE(parser.request().header("idempotency-key"), QByteArray("a"));
        QVERIFY(!parser.request().headers.contains("x-trailer"));
    }

    void target_mayBeAWholeAddressOrAStar_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("encodedPath");
        QTest::addColumn<QString>("path");
        QTest::newRow("address") << QByteArray("GET http://h:80/%61/%2f?x HTTP/1.1") << QByteArray("/%61/%2f")
                                 << "/a//";
        QTest::newRow("host alone") << QByteArray("GET https://h HTTP/1.1") << QByteArray("/") << "/";
        QTest::newRow("star") << QByteArray("OPTIONS * HTTP/1.1") << QByteArray("*") << "*";
        QTest::newRow("two slashes") << QByteArray("GET //a HTTP/1.1") << QByteArray("//a") << "//a";
    }

    void target_mayBeAWholeAddressOrAStar()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, encodedPath);
        QFETCH(QString, path);
        Parser parser(m_limits, m_ids, 0);
        QVERIFY(!parser.readHead(line + "\r\nHost: h\r\n\r\n"));
        QCOMPARE(parser.request().encodedPath, encodedPath);
        QCOMPARE(parser.request().path, path);
    }

    void fields_areFoundInAnyCaseAndOrder()
    {
        Fields fields;
        for (int i = 0; i < 20; ++i)
            fields.add("X-Field-" + QByteArray::number(i % 10), QByteArray::number(i));
        fields.add("Empty", "");
        QCOMPARE(fields.size(), 21);
        QCOMPARE(fields.value("x-field-7"), QByteArray("7, 17"));
        QCOMPARE(fields.count("x-field-7"), 2);
        QVERIFY(fields.contains("empty"));
        QCOMPARE(fields.value("empty"), QByteArray());
        QVERIFY(!fields.contains("x-field"));
    }

    void unknownMethod_isToldAsItCame()
    {
        Parser parser(m_limits, m_ids, 0);
        QVERIFY(!parser.readHead("BREW /pot HTTP/1.1\r\nHost: h\r\n\r\n"));
        QCOMPARE(parser.request().method, QByteArray("BREW"));
    }

    void chunksOverTheLimit_areRefused()
    {
        Parser parser(m_limits, m_ids, 0);
        QVERIFY(!parser.readHead("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"));
        QVERIFY(!parser.limitBody(10));
        const QByteArray chunks("6\r\nabcdef\r\n6\r\nabcdef\r\n");
        const auto taken = parser.readBody(chunks.left(9));
        QVERIFY(taken.has_value());
        const auto more = parser.readBody(chunks.mid(*taken));
        QVERIFY(!more.has_value());
        QCOMPARE(more.error().status, 413);
    }

    void body_isReadPieceByPiece_data()
    {
        QTest::addColumn<QByteArray>("chunks");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("several") << QByteArray("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") << QByteArray("abcde");
        QTest::newRow("none") << QByteArray("0\r\n\r\n") << QByteArray();
    }

    void body_isReadPieceByPiece()
    {
        QFETCH(QByteArray, chunks);
        QFETCH(QByteArray, body);
        Parser parser(m_limits, m_ids, 0);
        QVERIFY(!parser.readHead("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"));
        QVERIFY(!parser.limitBody(100));
        QByteArray waiting;
        for (const char c : chunks + "GET") {
            waiting += c;
            const auto taken = parser.readBody(waiting);
            QVERIFY(taken.has_value());
            waiting.remove(0, *taken);
        }
        QVERIFY(parser.isDone());
        QCOMPARE(parser.request().body, body);
        QCOMPARE(waiting, QByteArray("GET"));
    }

    void garbage_cannotBecomeAHead()
    {
        QVERIFY(Parser::mayBecomeHead("GET / HTTP/1.1\r\nHost: h\r\nX: " + QByteArray(10000, 'x'), m_limits));
        QVERIFY(Parser::mayBecomeHead("GET / HTTP/1.1\r\nHost: lo", m_limits));
        QVERIFY(!Parser::mayBecomeHead("\x16\x03\x01\x02\n", m_limits));
        QVERIFY(!Parser::mayBecomeHead("hello\r\nworld", m_limits));
    }
};

PRISM_APPLESS_TEST(ParserTest)

} // namespace tst_parser

#include "tst_parser.moc"
