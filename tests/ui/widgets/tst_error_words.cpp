#include "client/net/api.h"
#include "client/ui/application/language.h"
#include "client/ui/records/record_words.h"
#include "client/ui/settings/server_settings_words.h"
#include "client/ui/widgets/error_words.h"
#include "shared/protocol/envelope.h"
#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

namespace tst_error_words {

using namespace prism;
using protocol::Error;
using protocol::ErrorCode;
using ui::ErrorWords;

/// What a real server refuses, said in both languages.
class TestErrorWords : public test::ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();

    void refusal_isSaidInTheReadersLanguage_data();
    void refusal_isSaidInTheReadersLanguage();
    void reasonOfAField_isSaidInItsOwnNumbers();
    void whatNobodyKnows_isSaidInGeneral();

private:
    using Ask = std::function<Error(TestErrorWords&)>;

    protocol::Record stored(const QString& name);
    template <typename T>
    static Error errorOf(const std::function<net::Call(const net::Then<T>&)>& ask);
    Error create(const protocol::RecordDraft& draft, const QByteArray& key = net::Api::newKey());
    Error run(const QJsonObject& filters, const QStringList& metrics = {});
    Error change(const std::function<void(protocol::Settings&)>& change);

    std::unique_ptr<net::Api> m_api;
    ui::Language m_language;
};

namespace {

protocol::RecordDraft draftOf(const QString& name)
{
    protocol::RecordDraft draft;
    draft.name = name;
    return draft;
}

/// The window's own names, of whatever page.
QString labelOf(const QString& field)
{
    if (field == QLatin1String("at"))
        return QStringLiteral("@");
    const QString setting = ui::ServerSettingsWords::name(field);
    return setting == field ? ui::RecordWords::fieldLabel(field) : setting;
}

} // namespace

void TestErrorWords::initTestCase()
{
    startServer({QStringLiteral("--max-connections"), QStringLiteral("40"),
                 QStringLiteral("--max-connections-per-address"), QStringLiteral("20")});
    m_api = std::make_unique<net::Api>(m_server->httpUrl(), net::Options());
}

void TestErrorWords::cleanupTestCase()
{
    m_api.reset();
    stopServer();
}

template <typename T>
Error TestErrorWords::errorOf(const std::function<net::Call(const net::Then<T>&)>& ask)
{
    std::optional<protocol::Result<T>> outcome;
    const net::Call call = ask([&](const protocol::Result<T>& answer) { outcome = answer; });
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }) || *outcome)
        return {ErrorCode::Internal, QStringLiteral("it was not refused")};
    return outcome->error();
}

Error TestErrorWords::create(const protocol::RecordDraft& draft, const QByteArray& key)
{
    return errorOf<protocol::Record>([&](const auto& then) { return m_api->createRecord(draft, key, then); });
}

protocol::Record TestErrorWords::stored(const QString& name)
{
    std::optional<protocol::Result<protocol::Record>> outcome;
    const net::Call call =
        m_api->createRecord(draftOf(name), net::Api::newKey(), [&](const auto& answer) { outcome = answer; });
    return QTest::qWaitFor([&] { return outcome.has_value(); }) && *outcome ? **outcome : protocol::Record();
}

Error TestErrorWords::run(const QJsonObject& filters, const QStringList& metrics)
{
    static int number = 0;
    protocol::RecordDraft draft = draftOf(QStringLiteral("run %1").arg(++number));
    draft.config = protocol::RecordConfig{metrics, {}, protocol::ObjectText(filters)};
    QString id;
    const net::Call call = m_api->createRecord(draft, net::Api::newKey(), [&](const auto& answer) {
        id = answer ? answer->id : QStringLiteral("none");
    });
    if (!QTest::qWaitFor([&] { return !id.isEmpty(); }))
        return {};
    return errorOf<protocol::RecordResult>([&](const auto& then) { return m_api->recordResult(id, then); });
}

Error TestErrorWords::change(const std::function<void(protocol::Settings&)>& change)
{
    protocol::Settings wanted;
    change(wanted);
    return errorOf<net::ServerSettings>(
        [&](const auto& then) { return m_api->changeSettings(protocol::Settings(), wanted, then); });
}

void TestErrorWords::refusal_isSaidInTheReadersLanguage_data()
{
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("chinese");
    const auto row = [](const char* name, const Ask& ask, const char* english, const char* chinese) {
        QTest::newRow(name) << ask << QString::fromUtf8(english) << QString::fromUtf8(chinese);
    };
    using Self = TestErrorWords;
    row(
        "a name that is too long", [](Self& self) { return self.create(draftOf(QString(101, u'x'))); },
        "Name: has 101 characters, at most 100 are allowed.", "名称：有 101 个字符，最多 100 个。");
    row(
        "no name", [](Self& self) { return self.create(draftOf(QString())); }, "Name: must not be empty.",
        "名称：不能为空。");
    row(
        "a NUL in a name",
        [](Self& self) { return self.create(draftOf(QStringLiteral("a") + QChar(0) + QLatin1Char('b'))); },
        "Name: has a character that cannot be stored.", "名称：含有无法保存的字符。");
    row(
        "two fields at once",
        [](Self& self) {
            protocol::RecordDraft draft = draftOf(QString());
            draft.description = QString(501, u'x');
            return self.create(draft);
        },
        "Name: must not be empty. Description: has 501 characters, at most 500 are allowed.",
        "名称：不能为空。 描述：有 501 个字符，最多 500 个。");
    row(
        "too many metrics",
        [](Self& self) {
            protocol::RecordDraft draft = draftOf(QStringLiteral("many"));
            draft.config = protocol::RecordConfig{QStringList(51, QStringLiteral("violations")), {}, {}};
            return self.create(draft);
        },
        "Metrics: has 51 entries, at most 50 are allowed.", "指标：有 51 项，最多 50 项。");
    row(
        "more than a record may say",
        [](Self& self) {
            protocol::RecordDraft draft = draftOf(QStringLiteral("large"));
            draft.config = protocol::RecordConfig{
                {},
                {},
                protocol::ObjectText(QJsonObject{{QStringLiteral("project"), QString(20'000, u'x')}})};
            return self.create(draft);
        },
        "This is more than the server takes.", "内容超出了服务器能接收的大小。");
    row(
        "a name that is taken",
        [](Self& self) {
            self.stored(QStringLiteral("taken"));
            return self.create(draftOf(QStringLiteral("taken")));
        },
        "There is one of this name already.", "此名称已被使用。");
    row(
        "a filter's word",
        [](Self& self) {
            return self.run({{QStringLiteral("status"), QStringLiteral("red")}});
        },
        "Filters: must be one of those that are offered.", "筛选条件：须为所提供的选项之一。");
    row(
        "an unknown filter",
        [](Self& self) {
            return self.run({{QStringLiteral("colour"), QStringLiteral("red")}});
        },
        "Filters: is not known to this server.", "筛选条件：此服务器不认识。");
    row(
        "an unknown metric", [](Self& self) { return self.run({}, {QStringLiteral("weather")}); },
        "Metrics: must be one of those that are offered.", "指标：须为所提供的选项之一。");
    row(
        "somebody else's change",
        [](Self& self) {
            protocol::Record record = self.stored(QStringLiteral("old"));
            record.version = 7;
            protocol::RecordPatch patch;
            patch.name = QStringLiteral("new");
            return errorOf<protocol::Record>([&](const auto& then) {
                return self.m_api->updateRecord(record, patch, net::Api::newKey(), then);
            });
        },
        "Somebody else changed it meanwhile.", "期间有人修改过它。");
    row(
        "one write's key for another",
        [](Self& self) {
            const QByteArray key = net::Api::newKey();
            self.create(draftOf(QStringLiteral("first")), key);
            return self.create(draftOf(QStringLiteral("second")), key);
        },
        "The server took this for something that was sent before. Send it again.",
        "服务器误认为这是之前发送过的内容，请再次发送。");
    row(
        "a setting out of range",
        [](Self& self) {
            return self.change([](auto& settings) { settings.checkTimeout = std::chrono::milliseconds(1); });
        },
        "Time to judge a check: must be a whole number from 10 to 60,000.",
        "判定检查的时限：须为 10 至 60,000 之间的整数。");
    row(
        "an alert's setting out of range",
        [](Self& self) {
            return self.change([](auto& settings) { settings.alerts.performanceFactor = 0.5; });
        },
        "Slower checks, times the usual: must be from 1.2 to 1,000.",
        "检查变慢：平时的倍数：须在 1.2 至 1,000 之间。");
    row(
        "an alert that is not there",
        [](Self& self) {
            return errorOf<protocol::Alert>([&](const auto& then) {
                return self.m_api->acknowledge(QStringLiteral("none"), QStringLiteral("ana"), then);
            });
        },
        "The server does not know it.", "服务器上没有它。");
    row(
        "a check that is not there",
        [](Self& self) {
            return errorOf<protocol::Check>([&](const auto& then) {
                return self.m_api->markViolation(QStringLiteral("none"), 0, {true}, then);
            });
        },
        "The server does not know it.", "服务器上没有它。");
    row(
        "a moment ahead",
        [](Self& self) {
            return errorOf<net::Fresh<protocol::Dashboard>>([&](const auto& then) {
                return self.m_api->dashboard(
                    {protocol::Period::Week, protocol::now() + std::chrono::hours(1)}, {}, then);
            });
        },
        "@: is more than 5 minutes ahead of the server's clock.", "@：比服务器的时钟早了超过 5 分钟。");
    row(
        "nobody there",
        [](Self&) {
            QTcpServer closed;
            closed.listen(QHostAddress::LocalHost);
            const QUrl url(QStringLiteral("http://127.0.0.1:%1").arg(closed.serverPort()));
            closed.close();
            net::Api api(url, net::Options());
            return errorOf<net::ServerSettings>([&](const auto& then) { return api.settings(then); });
        },
        "The server cannot be reached right now.", "目前无法连接到服务器。");
    row(
        "a foreign host's name",
        [](Self& self) {
            test::RestClient client(self.m_server->httpUrl());
            const auto answer = client.get("/api/v1/settings", {{"Host", "elsewhere.example"}});
            return protocol::openEnvelope(answer.body).error();
        },
        "The server does not answer at this address. Whoever runs it can allow it.",
        "服务器不在此地址上响应，服务器的管理者可以放开此地址。");
    row(
        "as many connections as it takes",
        [](Self& self) {
            std::vector<std::unique_ptr<test::RawSocket>> others;
            for (int i = 0; i < 40; ++i) {
                others.push_back(std::make_unique<test::RawSocket>(self.m_server->httpPort()));
                others.back()->write("GET /api/v1/settings HTTP/1.1\r\nHost: localhost\r\n\r\n");
                const auto answer = others.back()->readResponse();
                if (answer.status == 503)
                    return protocol::openEnvelope(answer.body).error();
            }
            return Error();
        },
        "The server has as many connections as it takes.", "服务器的连接数已达上限。");
}

void TestErrorWords::refusal_isSaidInTheReadersLanguage()
{
    QFETCH(const Ask, ask);
    QFETCH(const QString, english);
    QFETCH(const QString, chinese);
    const Error error = ask(*this);
    const auto said = [&](const QLocale& locale) {
        m_language.set(locale);
        return ErrorWords(locale).sentence(error, labelOf);
    };
    QCOMPARE(said(QLocale(QLocale::Chinese)), chinese);
    QCOMPARE(said(QLocale(QLocale::English, QLocale::UnitedStates)), english);
}

void TestErrorWords::reasonOfAField_isSaidInItsOwnNumbers()
{
    m_language.set(QLocale(QLocale::English, QLocale::UnitedStates));
    const Error error = change([](auto& settings) { settings.alerts.usageDropShare = 2; });
    QCOMPARE(error.details.size(), 1);
    const QString why = error.details.constFirst().section(QStringLiteral(": "), 1);
    const ErrorWords words{QLocale::c()};
    QCOMPARE(words.reason(why), QStringLiteral("must be from 0.01 to 0.99"));
    QCOMPARE(
        words.reason(why, [](double share) { return QString::number(share * 100) + QStringLiteral(" %"); }),
        QStringLiteral("must be from 1 % to 99 %"));
}

/// Of a newer server, say: no word of it reaches whoever reads Chinese.
void TestErrorWords::whatNobodyKnows_isSaidInGeneral()
{
    m_language.set(QLocale(QLocale::Chinese));
    const ErrorWords words{QLocale(QLocale::Chinese)};
    static const QRegularExpression latin(QStringLiteral("[A-Za-z]"));
    for (const ErrorCode code :
         {ErrorCode::Validation, ErrorCode::FieldMissing, ErrorCode::BadFormat, ErrorCode::TooLong,
          ErrorCode::NotAuthenticated, ErrorCode::NotAllowed, ErrorCode::TokenInvalid, ErrorCode::NotFound,
          ErrorCode::AlreadyExists, ErrorCode::VersionConflict, ErrorCode::Quota, ErrorCode::RateLimit,
          ErrorCode::Internal, ErrorCode::Unavailable}) {
        const Error error{code,
                          QStringLiteral("The moon is full."),
                          {QStringLiteral("name: must wane"), QStringLiteral("tideTable: must not be wet")}};
        const QString said = words.sentence(error, labelOf);
        QVERIFY2(!said.isEmpty() && !said.contains(latin), qPrintable(said));
    }
    m_language.set(QLocale(QLocale::English, QLocale::UnitedStates));
}

PRISM_WIDGET_TEST(TestErrorWords)

} // namespace tst_error_words

#include "tst_error_words.moc"
