#include "server/analytics/dashboard_numbers.h"
#include "server/analytics/report.h"
#include "server/api/api.h"
#include "server/reports/format.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/database.h"
#include "server/store/sqlite/write_connection.h"
#include "shared/protocol/comparison.h"
#include "shared/protocol/forecast.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace tst_openapi {

using namespace prism;
using namespace Qt::StringLiterals;

class OpenApiTest : public QObject
{
    Q_OBJECT

    QJsonObject m_description;

    template <typename E, std::size_t N>
    static QStringList namesOf(const std::array<protocol::Name<E>, N>& names)
    {
        QStringList texts;
        for (const protocol::Name<E>& name : names)
            texts.append(QString::fromLatin1(name.text));
        return texts;
    }

    QJsonObject resolved(const QJsonValue& value) const
    {
        const QString reference = value[QLatin1String("$ref")].toString();
        QJsonValue place = reference.isEmpty() ? value : QJsonValue(m_description);
        const QStringList steps = reference.split(QLatin1Char('/')).mid(1);
        for (const QString& step : steps)
            place = place[step];
        return place.toObject();
    }

    static QString roleName(protocol::Role role)
    {
        switch (role) {
        case protocol::Role::Anyone:
            return u"anyone"_s;
        case protocol::Role::Somebody:
            return u"somebody"_s;
        default:
            return protocol::nameOf(protocol::roleNames, role);
        }
    }

private slots:
    void initTestCase()
    {
        QFile file(QStringLiteral(":/openapi.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_description = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(m_description.value(QLatin1String("openapi")).toString().startsWith(QLatin1String("3.1.")));
    }

    void routesAndDescription_agree()
    {
        const QTemporaryDir folder;
        auto database = store::sqlite::WriteConnection::open(folder.filePath(QStringLiteral("t.db")));
        QVERIFY(database.has_value());
        QVERIFY(store::migrate(**database).has_value());
        store::WriteQueue writes({1, 100, 100});
        api::ReadyProbe probe(writes, std::chrono::seconds(1));
        api::DashboardCache dashboards;
        store::SettingsBook settings{protocol::Settings()};
        const store::HookBook hooks{{}};
        const http::TrustedProxies proxies({});
        http::ConnectionQuota quota({1, 1});
        api::Allowance allowance({});
        const api::AccessRules accessRules({}, {});
        store::TokenBook tokens{{}};
        service::Refusals refusals;
        service::Pairings pairings;
        service::Tickets tickets;
        api::SignIn signIn(tokens, tickets, refusals, false);
        rules::RuleBook book({0, {}, {}, *rules::builtInRules()});
        const realtime::Publisher publisher(0, 1, 1);
        realtime::Sessions sessions({});
        telemetry::Telemetry telemetry([] { return telemetry::Levels(); });
        const QString epoch = QStringLiteral("e");
        const QTimeZone zone = QTimeZone::utc();
        http::AnswerBell bell;
        api::NoiseBook noise([](const api::NoiseBook::Work&) {}, [] {});
        const store::sqlite::Database file(folder.filePath(QStringLiteral("t.db")));
        statistics::Findings findings;
        const auto readers =
            api::ReadPool::open({file, epoch, zone, noise, publisher.backlog(), bell, findings}, {});
        QVERIFY(readers.has_value());
        const api::Api api(std::move(*database), {writes,
                                                  probe,
                                                  **readers,
                                                  publisher,
                                                  sessions,
                                                  dashboards,
                                                  noise,
                                                  settings,
                                                  hooks,
                                                  telemetry,
                                                  proxies,
                                                  quota,
                                                  allowance,
                                                  accessRules,
                                                  signIn,
                                                  tokens,
                                                  pairings,
                                                  tickets,
                                                  {book, [] { return rules::Policy(); }, 1},
                                                  {book, {}, 1},
                                                  epoch,
                                                  zone});

        QSet<QString> served;
        for (const QString& name :
             {QString(), QStringLiteral("since"), QStringLiteral("epoch"), QStringLiteral("ticket")})
            served.insert(QStringLiteral("get /ws ") + name);
        for (const http::Route& route : api.router().routes()) {
            const QString operation = QString::fromLatin1(route.method.toLower() + ' ' + route.pattern + ' ');
            served.insert(operation);
            for (const QString& name : route.query)
                served.insert(operation + name);
            // A viewer may read all there is but who else may, and change nothing.
            const bool isForViewers = protocol::mayAct(protocol::Role::Viewer, route.audience.role);
            const bool isPairing = route.pattern.startsWith("/api/v1/auth/pairings");
            const bool changesNothing = route.pattern == "/api/v1/auth/ticket";
            const bool provesItself =
                route.pattern.startsWith("/api/v1/hooks/") || isPairing || changesNothing;
            const bool isOfAdmins = route.pattern == "/api/v1/auth/tokens" ||
                                    route.pattern.startsWith("/api/v1/audit") ||
                                    (isPairing && route.audience.role == protocol::Role::Admin);
            QVERIFY2(isOfAdmins || (isForViewers && !provesItself) == (route.method == "GET"),
                     route.pattern.constData());
            QCOMPARE(m_description[u"paths"_s][QString::fromLatin1(route.pattern)]
                                  [QString::fromLatin1(route.method.toLower())][u"x-role"_s]
                                      .toString(),
                     roleName(route.audience.role));
            QCOMPARE(m_description[u"paths"_s][QString::fromLatin1(route.pattern)]
                                  [QString::fromLatin1(route.method.toLower())][u"x-limited"_s]
                                      .toBool(),
                     route.audience.admitsLimited);
        }
        QSet<QString> described;
        const QJsonObject paths = m_description.value(QLatin1String("paths")).toObject();
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const QJsonObject methods = path.value().toObject();
            for (auto method = methods.begin(); method != methods.end(); ++method) {
                const QString operation = method.key() + QLatin1Char(' ') + path.key() + QLatin1Char(' ');
                described.insert(operation);
                const QJsonArray parameters = method.value()[QLatin1String("parameters")].toArray();
                for (const auto& parameter : parameters) {
                    const QJsonObject named = resolved(parameter);
                    if (named.value(QLatin1String("in")) == QLatin1String("query"))
                        described.insert(operation + named.value(QLatin1String("name")).toString());
                }
            }
        }
        QCOMPARE(QStringList((served - described).values()).join(QLatin1Char('\n')), QString());
        QCOMPARE(QStringList((described - served).values()).join(QLatin1Char('\n')), QString());
    }

    void enumerations_areWhole_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QStringList>("values");
        const auto row = [](const char* schema, const QStringList& values) {
            QTest::newRow(schema) << QString::fromLatin1(schema) << values;
        };
        QStringList numbers(protocol::comparisonFamilies.begin(), protocol::comparisonFamilies.end());
        const QList<analytics::DashboardNumber> compared = analytics::numbersOf({});
        for (const analytics::DashboardNumber& number : compared)
            numbers.append(number.name);
        row("ComparedMetric", numbers + analytics::shortNumberNames());
        row("ReportMetric", analytics::reportMetrics() + analytics::shortNumberNames());
        row("ReportDimension", namesOf(analytics::dimensionNames));
        row("TrendMetric", namesOf(protocol::trendMetricNames));
        row("ForecastMetric", namesOf(protocol::forecastMetricNames));
        row("ForecastMethod", namesOf(protocol::forecastMethodNames));
        row("Direction", namesOf(protocol::directionNames));
        row("Unsaid", namesOf(protocol::unsaidNames));
        row("Verdict", namesOf(protocol::verdictNames));
        row("NoVerdict", namesOf(protocol::noVerdictNames));
        row("Period", namesOf(protocol::periodNames));
        QStringList comparedPeriods = namesOf(protocol::periodNames);
        comparedPeriods.removeOne(u"all"_s);
        row("ComparedPeriod", comparedPeriods);
        row("AlertKind", namesOf(protocol::alertKindNames));
        row("AlertSeverity", namesOf(protocol::alertSeverityNames));
        row("AlertState", namesOf(protocol::alertStateNames));
        row("CheckLevel", namesOf(protocol::checkLevelNames));
        row("ReportFormat", namesOf(reports::formatNames));
        row("Phase", namesOf(rules::phaseNames));
    }

    void enumerations_areWhole()
    {
        QFETCH(const QString, schema);
        QFETCH(QStringList, values);
        const QJsonValue schemas = m_description["components"_L1]["schemas"_L1];
        QStringList described;
        for (const auto& value : schemas[schema]["enum"_L1].toArray())
            described.append(value.toString());
        described.sort();
        values.sort();
        QCOMPARE(described, values);
    }

    void errorCodes_areWhole()
    {
        QStringList codes;
        for (int code = 0; code <= int(protocol::ErrorCode::Unavailable); ++code)
            codes.append(protocol::errorName(protocol::ErrorCode(code)));
        QStringList described;
        const QJsonValue error = m_description["components"_L1]["schemas"_L1]["Error"_L1];
        for (const auto& code : error["properties"_L1]["error"_L1]["enum"_L1].toArray())
            described.append(code.toString());
        QCOMPARE(described, codes);
    }
};

PRISM_TEST(OpenApiTest)

} // namespace tst_openapi

#include "tst_openapi.moc"
