#include "client/model/audit_export.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_audit_export {

using namespace prism;
using model::AuditExport;
using test::StubAnswer;
using test::StubRequest;

/// Who did what in a file, of a stub that tells of it page by page.
class TestAuditExport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void pages_areOneFile();
    void question_isAskedWithEachPage();
    void failureOnTheWay_leavesWhatWasThere();
    void nothing_isAnEmptyFile();

private:
    static StubAnswer lines(const QByteArray& text, const QByteArray& next)
    {
        QByteArray headers = "Content-Type: application/x-ndjson\r\n";
        if (!next.isEmpty())
            headers += "Link: <?action=token&cursor=" + next + ">; rel=\"next\"\r\n";
        return {200, text, headers};
    }
    QByteArray written() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    }

    QTemporaryDir m_folder;
    QString m_path;
    std::unique_ptr<test::StubServer> m_server;
    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<AuditExport> m_export;
    QList<QUrlQuery> m_asked;
    QHash<QString, StubAnswer> m_pages; ///< by cursor
};

void TestAuditExport::init()
{
    m_path = m_folder.filePath(QStringLiteral("audit.ndjson"));
    QFile::remove(m_path);
    m_asked.clear();
    m_pages = {{QString(), lines("{\"id\":5}\n{\"id\":4}\n", "a%2Bb%20c")},
               {QStringLiteral("a+b c"), lines("{\"id\":3}\n", "z")},
               {QStringLiteral("z"), lines("{\"id\":1}\n", {})}};
    m_server = std::make_unique<test::StubServer>();
    m_server->override = [this](const StubRequest& request) -> std::optional<StubAnswer> {
        if (!request.path.endsWith(QStringLiteral("/audit/export")))
            return std::nullopt;
        m_asked.append(request.query);
        return m_pages.value(request.query.queryItemValue(QStringLiteral("cursor"), QUrl::FullyDecoded));
    };
    m_api = std::make_unique<net::Api>(m_server->url(), net::Options());
    m_export = std::make_unique<AuditExport>(*m_api);
}

void TestAuditExport::cleanup()
{
    m_export.reset();
    m_api.reset();
    m_server.reset();
}

void TestAuditExport::pages_areOneFile()
{
    QSignalSpy done(m_export.get(), &AuditExport::done);
    m_export->begin({}, m_path);
    QVERIFY(m_export->isUnderWay());
    m_export->begin({}, m_folder.filePath(QStringLiteral("other"))); // is not begun
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done[0][0].toString(), m_path);
    QCOMPARE(done[0][1].toLongLong(), 4);
    QVERIFY(!m_export->isUnderWay());
    QCOMPARE(written(), "{\"id\":5}\n{\"id\":4}\n{\"id\":3}\n{\"id\":1}\n");
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files).size(), 1);
}

void TestAuditExport::question_isAskedWithEachPage()
{
    net::AuditQuestion question;
    question.token = QStringLiteral("t");
    question.action = QStringLiteral("token");
    question.subject = QStringLiteral("a & b + c");
    question.from = protocol::fromIso(u"2026-02-07T00:00:00.000Z");
    question.cursor = QStringLiteral("where a list stands");
    m_export->begin(question, m_path);
    QTRY_VERIFY(!m_export->isUnderWay());
    QCOMPARE(m_asked.size(), 3);
    QVERIFY(!m_asked[0].hasQueryItem(QStringLiteral("cursor")));
    for (const QUrlQuery& asked : std::as_const(m_asked)) {
        QCOMPARE(asked.queryItemValue(QStringLiteral("token")), QStringLiteral("t"));
        QCOMPARE(asked.queryItemValue(QStringLiteral("action")), QStringLiteral("token"));
        QCOMPARE(asked.queryItemValue(QStringLiteral("subject"), QUrl::FullyDecoded), question.subject);
        QCOMPARE(protocol::fromIso(asked.queryItemValue(QStringLiteral("from"), QUrl::FullyDecoded)),
                 question.from);
        QVERIFY(!asked.hasQueryItem(QStringLiteral("to")));
    }
}

void TestAuditExport::failureOnTheWay_leavesWhatWasThere()
{
    QFile before(m_path);
    QVERIFY(before.open(QIODevice::WriteOnly));
    before.write("of before\n");
    before.close();
    const protocol::Error error{protocol::ErrorCode::NotAllowed, QStringLiteral("No."), {}};
    m_pages.insert(QStringLiteral("z"),
                   {403, protocol::failureEnvelope(error, QStringLiteral("1"), protocol::now())});
    QSignalSpy failed(m_export.get(), &AuditExport::failed);
    m_export->begin({}, m_path);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!m_export->isUnderWay());
    QCOMPARE(written(), "of before\n");
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files).size(), 1);
}

void TestAuditExport::nothing_isAnEmptyFile()
{
    m_pages.insert(QString(), lines({}, {}));
    QSignalSpy done(m_export.get(), &AuditExport::done);
    m_export->begin({}, m_path);
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done[0][1].toLongLong(), 0);
    QCOMPARE(written(), QByteArray());
}

PRISM_TEST(TestAuditExport)

} // namespace tst_audit_export

#include "tst_audit_export.moc"
