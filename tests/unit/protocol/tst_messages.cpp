#include "shared/protocol/dashboard.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/event_page.h"
#include "shared/protocol/false_positive.h"
#include "shared/protocol/forecast.h"
#include "shared/protocol/gate_state.h"
#include "shared/protocol/record_result.h"
#include "shared/protocol/retro.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTest>

#include <functional>

namespace tst_messages {

using namespace prism::protocol;

namespace {

const Timestamp someTime = fromMillis(1'770'000'000'123);
const Origin origin{someTime, {QStringLiteral("epoch"), 418}, true};

QJsonObject decode(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

/// A message of one kind without its type: how it is written, whether it reads back as the same, and what
/// reading something else says.
struct Kind
{
    QJsonObject json;
    std::function<bool()> survives;
    std::function<QStringList(const QJsonObject&)> problems;
};

template <typename T, typename Read>
Kind kind(const T& message, const QJsonObject& json, const Read& read)
{
    return {json,
            [=] {
                const Result<T> again = read(json);
                return again && *again == message;
            },
            [=](const QJsonObject& other) {
                const Result<T> wrong = read(other);
                return wrong ? QStringList() : wrong.error().details;
            }};
}

template <typename T>
Kind kindOf(const T& message, Result<T> (*read)(const QJsonObject&))
{
    return kind(message, toJson(message), read);
}

Alert someAlert()
{
    Alert alert;
    alert.id = QStringLiteral("a");
    alert.kind = AlertKind::UsageDrop;
    alert.severity = AlertSeverity::Low;
    alert.state = AlertState::Resolved;
    alert.metric = QStringLiteral("activeUsers");
    alert.value = 3;
    alert.expected = 9.5;
    alert.since = alert.bucket = alert.timestamp = someTime;
    alert.checks = 12;
    alert.limitMs = 250.5;
    alert.resolvedAt = someTime;
    alert.acknowledgement = Acknowledgement{QStringLiteral("ann"), someTime};
    alert.project = QStringLiteral("shop");
    alert.gate = QStringLiteral("unit");
    return alert;
}

Check someCheck()
{
    return {QStringLiteral("c"),
            CheckStatus::Blocked,
            12.5,
            someTime,
            QStringLiteral("ann"),
            QStringLiteral("s"),
            QStringLiteral("alpha"),
            {{QStringLiteral("P1"), QStringLiteral("First"), Severity::Block, QStringLiteral("no"), true,
              QStringLiteral("n."), QStringLiteral("src/main.cpp"), 12, 7,
              QStringLiteral("https://rules.example/P1"), QStringLiteral("f00")}},
            QStringLiteral("unit tests"),
            QStringLiteral("main"),
            QStringLiteral("3a69c8a"),
            QStringLiteral("https://ci.example/run/7"),
            CheckOrigin::Agent,
            ViolationCounts{1, 2, 3, 4}};
}

Record someRecord()
{
    return {QStringLiteral("r"),
            RecordType::Scheduled,
            QStringLiteral("name"),
            QStringLiteral("text"),
            RecordConfig{{QStringLiteral("violations")},
                         Period::Month,
                         ObjectText(QJsonObject{{QStringLiteral("user"), 1}})},
            someTime,
            someTime,
            QStringLiteral("ann"),
            7};
}

Settings someSettings()
{
    Settings settings;
    settings.checkLevel = CheckLevel::Strict;
    settings.retentionDays = 90;
    settings.mainBranches = {QStringLiteral("develop"), QStringLiteral("main")};
    settings.alerts.performanceFactor = 4;
    settings.alerts.gateFailingMinutes = 5;
    settings.mutes = {{AlertKind::QualityDrop, someTime}};
    return settings;
}

Trend someTrend()
{
    Trend trend;
    trend.points = {{someTime, 3, false}, {someTime + std::chrono::hours(1), std::nullopt, true}};
    trend.smoothed = {3, std::nullopt};
    trend.heading = Heading{Direction::Up, 1.5, 0.75};
    trend.rSquared = 0.5;
    trend.changePoints = QList<ChangePoint>{{someTime, 1, 9}};
    trend.estimated = true;
    return trend;
}

Dashboard someDashboard()
{
    Dashboard dashboard;
    dashboard.summary = {10, 3, 2, 12.25, 4, 0.25, 12.25, true};
    dashboard.changes.emplace();
    dashboard.changes->totalChecks = {5, 5, 100};
    dashboard.quality = {0.25, std::nullopt, 0.5, {{QStringLiteral("P1"), {}, 3, 1}}};
    dashboard.usage = {4, 2, 1500, 0.75, 1.5, true};
    dashboard.usageTrend = Direction::Up;
    dashboard.violations = someTrend();
    dashboard.performance = {12.25, 10, 20, 30, 1, 31};
    dashboard.alerts = {someAlert()};
    dashboard.period = Period::Month;
    dashboard.generatedAt = someTime;
    dashboard.position = origin.position;
    dashboard.approximate = true;
    return dashboard;
}

RecordPatch somePatch()
{
    RecordPatch patch;
    patch.name = QStringLiteral("name");
    return patch;
}

QByteArray dataOf(const RecordStored& stored)
{
    return recordStoredData(stored.record, encode(stored.record),
                            stored.updates ? encode(*stored.updates) : QByteArray());
}

} // namespace

/// Every message that both sides speak: what one writes the other reads, and what is wrong is said of the
/// field that it is wrong in.
class MessagesTest : public QObject
{
    Q_OBJECT

private slots:
    void message_survivesTheWire_data();
    void message_survivesTheWire();
    void fieldOfAnotherKind_isNamed_data() { message_survivesTheWire_data(); }
    void fieldOfAnotherKind_isNamed();
    void whatIsWrongInside_isNamedByItsPath();
    void kindsOfANewerServer_areRead();
    void alertOfAnOlderServer_isItsSentence();
    void alert_isAnEnglishSentence_data();
    void alert_isAnEnglishSentence();
    void eventOfALargeConfig_isRead();
    void acknowledgementOfAnAlertThatCannotBeRead_isRead();
    void changesBetweenSettings_areWhatDiffers();
};

void MessagesTest::message_survivesTheWire_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("alert") << kindOf<Alert>(someAlert(), alertFromJson);
    QTest::newRow("settings") << kindOf<Settings>(someSettings(), settingsFromJson);
    QTest::newRow("mark") << kindOf<ViolationMark>({true, QStringLiteral("why"), QStringLiteral("ana")},
                                                   violationMarkFromJson);
    const FalsePositive marked{QStringLiteral("id"),
                               someTime,
                               QStringLiteral("web"),
                               QStringLiteral("P"),
                               QStringLiteral("Name"),
                               QStringLiteral("f"),
                               QStringLiteral("a.c"),
                               QStringLiteral("message"),
                               QStringLiteral("c"),
                               QStringLiteral("ana"),
                               QStringLiteral("why"),
                               3,
                               someTime};
    QTest::newRow("false positive") << kind(marked, decode(encode(marked)), falsePositiveFromJson);
    QTest::newRow("dashboard") << kindOf<Dashboard>(someDashboard(), dashboardFromJson);
    QTest::newRow("trend") << kindOf<TrendReport>({TrendMetric::MeanTime, Period::Year, someTrend(), origin},
                                                  trendReportFromJson);
    QTest::newRow("forecast") << kindOf<ForecastReport>({Period::Week,
                                                         {{1.5, 1, 2, 0, 3, 0.5}, {}},
                                                         Unsaid::TooFewValues,
                                                         0.25,
                                                         TrendMetric::Checks,
                                                         ForecastMethod::Arima,
                                                         Heading{Direction::Down, -2, 0.75},
                                                         origin},
                                                        forecastReportFromJson);
    QTest::newRow("result") << kindOf<RecordResult>(
        {QStringLiteral("r"),
         QStringLiteral("name"),
         7,
         Period::All,
         {{QStringLiteral("user"), 1}},
         {{QStringLiteral("violationRate"), 0.25}, {QStringLiteral("violations"), std::nullopt}},
         origin},
        recordResultFromJson);
    QTest::newRow("check") << kind(someCheck(), decode(encode(someCheck())),
                                   [](const QJsonObject& json) { return checkFromJson(json); });
    const RecordDraft draft{RecordType::Adhoc, QStringLiteral("name"), QStringLiteral("text"), RecordConfig{},
                            QStringLiteral("ann")};
    QTest::newRow("draft") << kind(draft, decode(encode(draft)),
                                   [](const QJsonObject& json) { return recordDraftFromJson(json); });
    const EventPage page{
        true, origin.position, 500, {{QString(event_type::alert), 418, toJson(someAlert()), someTime}}};
    QTest::newRow("page") << kind(page, decode(encode(page)), eventPageFromJson);
    const RecordStored stored{someRecord(), somePatch()};
    QTest::newRow("stored") << kind(stored, decode(dataOf(stored)), recordStoredFromJson);
    const RecordRemoved removed{QStringLiteral("r"), someTime};
    QTest::newRow("removed") << kind(removed, decode(encode(removed)), recordRemovedFromJson);
    const CheckUpdated updated{someCheck(), someTime};
    QTest::newRow("updated") << kind(updated, decode(encode(updated, encode(updated.check))),
                                     checkUpdatedFromJson);
    const GateChanged turned{{QStringLiteral("shop"), QStringLiteral("unit")},
                             QStringLiteral("main"),
                             CheckStatus::Warning,
                             CheckStatus::Blocked,
                             someCheck(),
                             someTime};
    QTest::newRow("turned") << kind(turned, decode(encode(turned, encode(turned.check))),
                                    gateChangedFromJson);
    const AlertAcknowledged acknowledged{QStringLiteral("a"), *someAlert().acknowledgement, someAlert()};
    QTest::newRow("acknowledged") << kind(acknowledged, decode(encode(acknowledged)),
                                          alertAcknowledgedFromJson);
    const SettingsUpdated changed{someSettings(), someTime};
    QTest::newRow("changed") << kind(changed, decode(encode(changed)), settingsUpdatedFromJson);
}

void MessagesTest::message_survivesTheWire()
{
    QFETCH(Kind, kind);
    QVERIFY2(kind.survives(), QJsonDocument(kind.json).toJson().constData());
    QCOMPARE(kind.problems(kind.json), QStringList());
}

void MessagesTest::fieldOfAnotherKind_isNamed()
{
    QFETCH(Kind, kind);
    // Said for the reader of the message alone, or twice.
    const QStringList unread{QStringLiteral("topViolations"), QStringLiteral("meta")};
    const bool isStored = QLatin1String(QTest::currentDataTag()) == QLatin1String("stored");
    const bool isUpdated = QLatin1String(QTest::currentDataTag()) == QLatin1String("updated");
    const QStringList fields = kind.json.keys();
    for (const QString& field : fields) {
        const bool said = field == QLatin1String("id") || field == QLatin1String("timestamp");
        if (unread.contains(field) || (isStored && said) || (isUpdated && field == QLatin1String("id")))
            continue;
        QJsonObject json = kind.json;
        json.insert(field, json.value(field).isObject() ? QJsonValue(5) : QJsonValue(QJsonObject()));
        const QStringList problems = kind.problems(json);
        const auto isIt = [&](const QString& detail) {
            return detail.startsWith(field + QStringLiteral(":"));
        };
        QVERIFY2(std::any_of(problems.begin(), problems.end(), isIt), qPrintable(field));
    }
}

void MessagesTest::whatIsWrongInside_isNamedByItsPath()
{
    QJsonObject json = toJson(someDashboard());
    QJsonObject alert = toJson(someAlert());
    alert.remove(QLatin1String("id"));
    json.insert(QLatin1String("alerts"), QJsonArray{toJson(someAlert()), alert});
    QJsonObject trends = json.value(QLatin1String("trends")).toObject();
    QJsonObject violations = trends.value(QLatin1String("violations")).toObject();
    violations.insert(QLatin1String("slope"), QStringLiteral("steep"));
    trends.insert(QLatin1String("violations"), violations);
    json.insert(QLatin1String("trends"), trends);
    const auto read = dashboardFromJson(json);
    QVERIFY(!read);
    QCOMPARE(read.error().details, (QStringList{QStringLiteral("trends.violations.slope: must be a number"),
                                                QStringLiteral("alerts[1].id: is required")}));
}

void MessagesTest::kindsOfANewerServer_areRead()
{
    QJsonObject json = toJson(someAlert());
    json.insert(QLatin1String("kind"), QStringLiteral("volcano"));
    json.insert(QLatin1String("severity"), QStringLiteral("catastrophic"));
    json.insert(QLatin1String("state"), QStringLiteral("asleep"));
    const auto alert = alertFromJson(json);
    QVERIFY(alert);
    QCOMPARE(alert->kind, AlertKind::Other);
    QCOMPARE(alert->severity, AlertSeverity::Medium);
    QCOMPARE(alert->state, AlertState::Acknowledged);
    QVERIFY(!alert->message.isEmpty()); // all that there is to say of it
    QCOMPARE(alertFromJson(toJson(*alert)), alert);

    QJsonObject check = decode(encode(someCheck()));
    check.insert(QLatin1String("colour"), QStringLiteral("red"));
    QVERIFY(checkFromJson(check));
    QVERIFY(!checkFromJson(check, someTime, someTime)); // a caller is told
}

void MessagesTest::alertOfAnOlderServer_isItsSentence()
{
    const QJsonObject json = decode(R"({"id":"a","kind":"violation_spike","message":"Many.","severity":"high",
        "metric":"violations","value":7,"expected":1,"bucket":"2026-02-07T22:00:00.000Z",
        "timestamp":"2026-02-07T22:30:00.000Z"})");
    const auto alert = alertFromJson(json);
    QVERIFY(alert);
    QCOMPARE(alert->message, QStringLiteral("Many."));
    QCOMPARE(alert->state, AlertState::Open);
    QCOMPARE(toJson(*alert).value(QLatin1String("message")).toString(), QStringLiteral("Many."));
    QCOMPARE(alertFromJson(toJson(*alert)), alert);
}

void MessagesTest::alert_isAnEnglishSentence_data()
{
    QTest::addColumn<AlertKind>("kind");
    QTest::addColumn<QString>("message");
    QTest::newRow("violation spike")
        << AlertKind::ViolationSpike
        << QStringLiteral("3 violations in 12 checks since 2026-02-07T22:30:00.000Z, at most ten of a check; "
                          "9.5 are usual.");
    QTest::newRow("performance degradation")
        << AlertKind::PerformanceDegradation
        << QStringLiteral("3 of 12 checks since 2026-02-07T22:30:00.000Z took longer than 250.5 ms; 9.5 are "
                          "usual.");
    QTest::newRow("quality drop") << AlertKind::QualityDrop
                                  << QStringLiteral("3 of 12 checks since 2026-02-07T22:30:00.000Z have "
                                                    "violations; 9.5 are usual.");
    QTest::newRow("usage drop") << AlertKind::UsageDrop
                                << QStringLiteral("3 people were active on the day that began at "
                                                  "2026-02-07T22:30:00.000Z; 9.5 are usual on that weekday.");
    QTest::newRow("slow checks") << AlertKind::SlowChecks
                                 << QStringLiteral("In each of the last two hours since "
                                                   "2026-02-07T22:30:00.000Z that had 20 checks or more, one "
                                                   "check in 20 took longer than 250.5 ms; in the last one 3 "
                                                   "ms.");
    QTest::newRow("failing gate") << AlertKind::GateFailing
                                  << QStringLiteral("The gate unit of shop has been BLOCKED since "
                                                    "2026-02-07T22:30:00.000Z, 12 checks in a row.");
}

void MessagesTest::alert_isAnEnglishSentence()
{
    QFETCH(AlertKind, kind);
    QFETCH(QString, message);
    Alert alert = someAlert();
    alert.kind = kind;
    alert.since = fromIso(u"2026-02-07T22:30:00Z");
    QCOMPARE(toJson(alert).value(QLatin1String("message")).toString(), message);
    QCOMPARE(alertFromJson(toJson(alert))->message, QString());
}

/// How large one may be is the server's to say, and it has taken this one.
void MessagesTest::eventOfALargeConfig_isRead()
{
    RecordStored stored{someRecord(), somePatch()};
    stored.record.config->filters = ObjectText(
        QJsonObject{{QStringLiteral("user"), QString(2 * RecordLimits().configBytes, QLatin1Char('u'))}});
    stored.updates->config = stored.record.config;
    const auto read = recordStoredFromJson(decode(dataOf(stored)));
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().details.join(QLatin1Char('\n'))));
    QVERIFY(*read == stored);
}

void MessagesTest::acknowledgementOfAnAlertThatCannotBeRead_isRead()
{
    QJsonObject json =
        decode(encode(AlertAcknowledged{QStringLiteral("a"), *someAlert().acknowledgement, someAlert()}));
    json.insert(QStringLiteral("alert"), QJsonObject{{QStringLiteral("id"), QStringLiteral("a")}});
    const auto read = alertAcknowledgedFromJson(json);
    QVERIFY(read.has_value());
    QCOMPARE(read->id, QStringLiteral("a"));
    QVERIFY(!read->alert);
}

void MessagesTest::changesBetweenSettings_areWhatDiffers()
{
    Settings after = someSettings();
    QVERIFY(changesBetween(someSettings(), after).isEmpty());
    after.mutes.clear();
    QVERIFY(changesBetween(someSettings(), after).isEmpty()); // they have an address of their own
    after.checkLevel = CheckLevel::Relaxed;
    after.alerts.usageDropShare = 0.25;
    const QJsonObject changes = changesBetween(someSettings(), after);
    QCOMPARE(changes, (QJsonObject{{QStringLiteral("checkLevel"), QStringLiteral("relaxed")},
                                   {QStringLiteral("alerts"),
                                    QJsonObject{{QStringLiteral("usageDropShare"), 0.25}}}}));
    const auto changed = changedSettings(someSettings(), changes);
    QVERIFY(changed);
    after.mutes = someSettings().mutes;
    QVERIFY(*changed == after);
}

PRISM_APPLESS_TEST(MessagesTest)

} // namespace tst_messages

#include "tst_messages.moc"
