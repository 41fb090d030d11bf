#include "shared/protocol/check.h"
#include "shared/protocol/dashboard.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/event.h"
#include "shared/protocol/forecast.h"
#include "shared/protocol/record.h"
#include "shared/protocol/retro.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace tst_protocol {

using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

const Timestamp someTime = fromMillis(1'770'000'000'123);

Check someCheck()
{
    return {
        QStringLiteral("check-1"),
        CheckStatus::Blocked,
        12.5,
        someTime,
        QStringLiteral("ann"),
        QStringLiteral("s1"),
        QStringLiteral("alpha"),
        {{QStringLiteral("P1"), QStringLiteral("Search first"), Severity::Block, QStringLiteral("no"), true},
         {QStringLiteral("P2"), QString(), Severity::Info, QString(), false}}};
}

QJsonObject decode(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

class ProtocolTest : public QObject
{
    Q_OBJECT

private slots:
    void check_survivesTheWire()
    {
        const auto read = checkFromJson(decode(encode(someCheck())));
        QVERIFY(read.has_value());
        QVERIFY(*read == someCheck());
    }

    void retro_survivesTheWire()
    {
        const Retro retro{QStringLiteral("r"),     RetroType::Deep,
                          QStringLiteral("alpha"), 1500,
                          QStringLiteral("good"),  {QStringLiteral("a"), QStringLiteral("b")},
                          {QStringLiteral("c")},   someTime,
                          QStringLiteral("ann")};
        const auto read = retroFromJson(decode(encode(retro)));
        QVERIFY(read.has_value());
        QVERIFY(*read == retro);
    }

    void record_survivesTheWire()
    {
        const Record record{
            QStringLiteral("id"),
            RecordType::Scheduled,
            QStringLiteral("name"),
            QStringLiteral("text"),
            RecordConfig{{QStringLiteral("violations")},
                         Period::Month,
                         ObjectText(QJsonObject{{QStringLiteral("project"), QStringLiteral("alpha")}})},
            someTime,
            someTime,
            QStringLiteral("ann"),
            7};
        const auto read = recordFromJson(decode(encode(record)));
        QVERIFY(read.has_value());
        QVERIFY(*read == record);
    }

    void event_survivesTheWire()
    {
        const Event event{QString(event_type::checkCompleted), 418, decode(encode(someCheck())), someTime};
        const QByteArray text = encode(event);
        QVERIFY2(text.startsWith("{\"type\":\"gateway:check:completed\",\"seq\":418,\"data\":{"),
                 text.constData());
        const auto read = eventFromJson(QJsonDocument::fromJson(text).object());
        QVERIFY(read.has_value());
        QVERIFY(*read == event);
    }

    void dashboard_survivesTheWire()
    {
        Dashboard dashboard;
        dashboard.summary = {10, 3, 2, 12.25, 4, 0.25, 12.25};
        dashboard.changes.emplace();
        dashboard.changes->totalChecks = {5, 5, 100};
        dashboard.changes->avgCheckTime = {std::nullopt, std::nullopt, std::nullopt};
        dashboard.quality = {0.25, 0.5, 0.5, {{QStringLiteral("P1"), QStringLiteral("Search first"), 3, 1}}};
        dashboard.usage = {4, 2, 1500, 0.75, 1.5};
        dashboard.usageTrend = Direction::Down;
        dashboard.violations.points = {{someTime, 3, false},
                                       {someTime + std::chrono::hours(1), std::nullopt, true}};
        dashboard.violations.smoothed = {3, std::nullopt};
        dashboard.violations.heading = Heading{Direction::Up, 1.5, 0.75};
        dashboard.violations.rSquared = 0.5;
        dashboard.violations.changePoints = QList<ChangePoint>{{someTime, 1, 9}};
        dashboard.performance = {12.25, 10, 20, 30, 1, 31};
        dashboard.period = Period::Month;
        dashboard.generatedAt = someTime;
        dashboard.position = {QStringLiteral("epoch"), 418};
        const auto read = dashboardFromJson(toJson(dashboard));
        QVERIFY(read.has_value());
        QVERIFY(*read == dashboard);
    }

    void nothingSaid_survivesTheWireWithItsReason_data()
    {
        QTest::addColumn<int>("reason");
        for (const auto& [reason, name] : unsaidNames)
            QTest::newRow(name) << int(reason);
    }

    void nothingSaid_survivesTheWireWithItsReason()
    {
        QFETCH(const int, reason);
        Dashboard dashboard;
        dashboard.usageTrend = Unknown(Unsaid(reason));
        dashboard.violations.heading = Unknown(Unsaid(reason));
        dashboard.violations.changePoints = Unknown(Unsaid(reason));
        const QJsonObject json = toJson(dashboard);
        for (const char* field : {"violationTrend", "usageTrend"})
            QVERIFY(json["trends"_L1][QLatin1String(field)].isNull());
        const auto read = dashboardFromJson(json);
        QVERIFY(read.has_value());
        QVERIFY(*read == dashboard);

        ForecastReport forecast;
        forecast.steps.resize(3);
        forecast.reason = Unsaid(reason);
        const auto same = forecastReportFromJson(toJson(forecast));
        QVERIFY(same.has_value());
        QVERIFY(*same == forecast);
    }

    void reasonOfANewerServer_isThatThereIsTooLittle()
    {
        QJsonObject json = toJson(TrendReport());
        json.insert(QStringLiteral("directionReason"), QStringLiteral("moon_is_full"));
        const auto read = trendReportFromJson(json);
        QVERIFY(read.has_value());
        QVERIFY(read->trend.heading == Unknown(Unsaid::TooFewValues));
    }

    void rates_areRoundedToFourPlaces()
    {
        Quality quality;
        quality.violationRate = 1.0 / 3;
        QCOMPARE(toJson(quality).value(QLatin1String("violationRate")).toDouble(), 0.3333);
    }

    void everyProblemOfACheck_isNamed()
    {
        const QJsonObject body{
            {QStringLiteral("status"), QStringLiteral("MAYBE")},
            {QStringLiteral("duration"), -1},
            {QStringLiteral("colour"), QStringLiteral("red")},
            {QStringLiteral("violations"), QJsonArray{QJsonObject{{QStringLiteral("severity"), 5}}}}};
        const auto read = checkFromJson(body, someTime, someTime);
        QVERIFY(!read.has_value());
        const QString details = read.error().details.join(QLatin1Char('\n'));
        for (const char* field :
             {"status:", "duration:", "colour:", "violations[0].principleId:", "violations[0].severity:"})
            QVERIFY2(details.contains(QLatin1String(field)), qPrintable(details));
        QCOMPARE(read.error().details.size(), 5);
    }

    void problemsOfOneKind_giveTheirOwnCode_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::newRow("missing") << QByteArray(R"({"type":"custom"})") << int(ErrorCode::FieldMissing);
        QTest::newRow("format") << QByteArray(R"({"type":"custom","name":5})") << int(ErrorCode::BadFormat);
        QTest::newRow("length") << QByteArray(R"({"type":"custom","name":")" + QByteArray(101, 'x') + R"("})")
                                << int(ErrorCode::TooLong);
        QTest::newRow("mixed") << QByteArray(R"({"type":7})") << int(ErrorCode::Validation);
    }

    void problemsOfOneKind_giveTheirOwnCode()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        const auto draft = recordDraftFromJson(QJsonDocument::fromJson(body).object());
        QVERIFY(!draft.has_value());
        QCOMPARE(int(draft.error().code), code);
    }

    void textThatUtf8CannotHold_isRefused_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        const QString half = QStringLiteral("a") + QChar(0xD83D);
        QTest::newRow("text") << "summary" << QJsonValue(half);
        QTest::newRow("one of several") << "lessons" << QJsonValue(QJsonArray{QStringLiteral("a"), half});
    }

    void textThatUtf8CannotHold_isRefused()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        const auto retro = retroFromJson({{QLatin1String("type"), QStringLiteral("quick")},
                                          {QLatin1String("duration"), 0},
                                          {field, value}});
        QVERIFY(!retro.has_value());
        QCOMPARE(retro.error().code, ErrorCode::BadFormat);
        QVERIFY(retro.error().details[0].startsWith(field));
    }

    void timestampFromTheFuture_isRefused()
    {
        QJsonObject body = decode(encode(someCheck()));
        QVERIFY(checkFromJson(body, someTime, someTime).has_value());
        QVERIFY(!checkFromJson(body, someTime, someTime - std::chrono::milliseconds(1)).has_value());
    }

    void failure_survivesItsEnvelope()
    {
        const Error error{ErrorCode::AlreadyExists, QStringLiteral("taken"), {QStringLiteral("name: taken")}};
        const auto opened = openEnvelope(failureEnvelope(error, QStringLiteral("r"), someTime));
        QVERIFY(!opened.has_value());
        QVERIFY(opened.error() == error);
    }

    void otherText_isNoEnvelope()
    {
        QCOMPARE(openEnvelope("<html>").error().code, ErrorCode::Internal);
        QCOMPARE(openEnvelope("").error().code, ErrorCode::Internal);
    }

    void pattern_matchesItsTypeOrItsPrefix()
    {
        QVERIFY(matches(u"gateway:check:completed", u"gateway:check:completed"));
        QVERIFY(matches(u"gateway:*", u"gateway:check:completed"));
        QVERIFY(matches(u"*", u"retro:created"));
        QVERIFY(matches(u"gateway:check", u"gateway:check:completed"));
        QVERIFY(!matches(u"gateway:che", u"gateway:check:completed"));
        QVERIFY(!matches(u"analytics:*", u"gateway:check:completed"));
    }
};

PRISM_APPLESS_TEST(ProtocolTest)

} // namespace tst_protocol

#include "tst_protocol.moc"
