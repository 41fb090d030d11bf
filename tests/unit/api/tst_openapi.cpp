#include "server/api/api.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace prism;

class OpenApiTest : public QObject
{
    Q_OBJECT

    QJsonObject m_description;

    /// Every "$ref" below `value`.
    static QStringList referencesIn(const QJsonValue& value)
    {
        QStringList found;
        if (value.isArray()) {
            const QJsonArray array = value.toArray();
            for (const auto& each : array)
                found += referencesIn(each);
        }
        const QJsonObject object = value.toObject();
        for (auto field = object.begin(); field != object.end(); ++field)
            found += field.key() == QLatin1String("$ref") ? QStringList(field.value().toString())
                                                          : referencesIn(field.value());
        return found;
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
        api::ReadyProbe probe(writes);
        api::DashboardCache dashboards;
        store::SettingsBook settings{protocol::Settings()};
        const api::AccessRules accessRules({}, {});
        rules::RuleBook book({0, {}, {}, *rules::builtInRules()});
        const realtime::Publisher publisher(0, 1, 1);
        realtime::Sessions sessions({});
        telemetry::Telemetry telemetry([] { return telemetry::Levels(); });
        const api::Api api(std::move(*database), {writes,
                                                  probe,
                                                  publisher,
                                                  sessions,
                                                  dashboards,
                                                  settings,
                                                  telemetry,
                                                  accessRules,
                                                  {book, [] { return rules::Policy(); }, 1},
                                                  {book, {}, 1},
                                                  QStringLiteral("e"),
                                                  QTimeZone::utc()});

        QSet<QString> served;
        for (const QString& name : {QString(), QStringLiteral("since"), QStringLiteral("epoch")})
            served.insert(QStringLiteral("get /ws ") + name);
        for (const http::Route& route : api.router().routes()) {
            const QString operation = QString::fromLatin1(route.method.toLower() + ' ' + route.pattern + ' ');
            served.insert(operation);
            for (const QString& name : route.query)
                served.insert(operation + name);
            // A viewer may read all there is, and change nothing.
            const bool isForViewers =
                route.role == protocol::Role::Viewer || route.role == protocol::Role::Anyone;
            QVERIFY2(isForViewers == (route.method == "GET"), route.pattern.constData());
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

    void everyReference_leadsSomewhere()
    {
        const QStringList references = referencesIn(m_description);
        QVERIFY(references.size() > 50);
        for (const QString& reference : references) {
            const QStringList steps = reference.split(QLatin1Char('/')).mid(1);
            QJsonValue place = m_description;
            for (const QString& step : steps)
                place = place.toObject().value(step);
            QVERIFY2(place.isObject(), qPrintable(reference));
        }
    }

    void everyParameterInAPath_isDescribed()
    {
        const QJsonObject paths = m_description.value(QLatin1String("paths")).toObject();
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            if (!path.key().contains(QLatin1String("{id}")))
                continue;
            const QJsonObject operations = path.value().toObject();
            for (auto operation = operations.begin(); operation != operations.end(); ++operation) {
                const QByteArray text = QJsonDocument(operation.value().toObject()).toJson();
                QVERIFY2(text.contains("\"in\": \"path\""), qPrintable(path.key()));
            }
        }
    }
};

PRISM_TEST(OpenApiTest)
#include "tst_openapi.moc"
