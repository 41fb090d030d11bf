#include "server/app/config.h"

#include "server/app/option.h"
#include "shared/protocol/json_reader.h"

#include <QDir>
#include <QStandardPaths>
#include <QThread>
#include <QTimeZone>

namespace prism::app {

using protocol::ErrorCode;
using protocol::Problems;

namespace {

/// Reads values by option name and notes what is wrong with each.
class ValueReader
{
public:
    ValueReader(const QHash<QString, QString>& values, Problems& problems)
        : m_values(values)
        , m_problems(problems)
    {
    }

    QString text(const char* name) const { return m_values.value(QString::fromLatin1(name)); }

    qint64 integer(const char* name, qint64 min, qint64 max)
    {
        bool isNumber = false;
        const qint64 value = text(name).toLongLong(&isNumber);
        if (!isNumber || value < min || value > max)
            refuse(name, QStringLiteral("must be a whole number from %1 to %2").arg(min).arg(max));
        return value;
    }

    std::chrono::milliseconds seconds(const char* name)
    {
        bool isNumber = false;
        const double value = text(name).toDouble(&isNumber);
        if (!isNumber || !(value >= 0.01 && value <= 86'400))
            refuse(name, QStringLiteral("must be a number of seconds from 0.01 to 86400"));
        return std::chrono::milliseconds(qint64(value * 1000));
    }

    bool boolean(const char* name)
    {
        const QString value = text(name).toLower();
        if (value != QLatin1String("true") && value != QLatin1String("false"))
            refuse(name, QStringLiteral("must be true or false"));
        return value == QLatin1String("true");
    }

    Endpoint endpoint(const char* name)
    {
        const QString value = text(name);
        const qsizetype colon = value.lastIndexOf(QLatin1Char(':'));
        QString host = value.left(std::max<qsizetype>(colon, 0));
        if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')))
            host = host.mid(1, host.size() - 2);
        bool isNumber = false;
        Endpoint endpoint;
        endpoint.port = QStringView(value).mid(colon + 1).toUShort(&isNumber);
        endpoint.address =
            host == QLatin1String("localhost") ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
        if (colon < 0 || !isNumber || endpoint.address.isNull())
            refuse(name, QStringLiteral("'%1' is not HOST:PORT with an IP address or localhost").arg(value));
        return endpoint;
    }

    void refuse(const char* name, const QString& why)
    {
        m_problems.add(ErrorCode::Validation, QStringLiteral("--") + QString::fromLatin1(name), why);
    }

private:
    const QHash<QString, QString>& m_values;
    Problems& m_problems;
};

QString readDatabaseFile(ValueReader& reader)
{
    QString folder = reader.text("data-dir");
    if (folder.isEmpty())
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                 QStringLiteral("/prism-gateway");
    const QString url = reader.text("database");
    if (url.isEmpty())
        return QDir(folder).absoluteFilePath(QStringLiteral("prism.db"));
    const QString scheme = QStringLiteral("sqlite:");
    if (!url.startsWith(scheme) || url.size() == scheme.size())
        reader.refuse(
            "database",
            QStringLiteral("'%1' is not sqlite:FILE, the one kind of database known here").arg(url));
    return QDir(folder).absoluteFilePath(url.mid(scheme.size()));
}

LogLevel readLogLevel(ValueReader& reader)
{
    const QString value = reader.text("log-level").toLower();
    if (value == QLatin1String("debug"))
        return LogLevel::Debug;
    if (value == QLatin1String("warning"))
        return LogLevel::Warning;
    if (value == QLatin1String("error"))
        return LogLevel::Error;
    if (value != QLatin1String("info"))
        reader.refuse("log-level", QStringLiteral("must be one of debug, info, warning, error"));
    return LogLevel::Info;
}

LogFormat readLogFormat(ValueReader& reader)
{
    const QString value = reader.text("log-format").toLower();
    if (value == QLatin1String("json"))
        return LogFormat::Json;
    if (value != QLatin1String("text"))
        reader.refuse("log-format", QStringLiteral("must be text or json"));
    return LogFormat::Text;
}

void readRuleOptions(ValueReader& reader, Config& config)
{
    config.rules.principles = int(reader.integer("max-principles", 1, 100'000));
    config.rules.regexLength = int(reader.integer("max-regex-length", 1, 100'000));
    config.intentLength = reader.integer("max-intent-length", 1, 100'000'000);
    config.ruleVersions = int(reader.integer("rule-versions", 1, 10'000));
}

void readLimits(ValueReader& reader, Config& config)
{
    constexpr qint64 gibibyte = 1024LL * 1024 * 1024;
    config.maxConnections = int(reader.integer("max-connections", 1, 1'000'000));
    config.maxJsonDepth = int(reader.integer("max-json-depth", 1, 500));
    config.realtime.maxJsonDepth = config.maxJsonDepth;
    config.writeQueue = {std::size_t(reader.integer("write-queue-limit", 1, 10'000'000)),
                         std::size_t(reader.integer("write-queue-rows", 1, 100'000'000)),
                         std::size_t(reader.integer("write-queue-bytes", 1024, 64 * gibibyte))};
    config.retention.events.count = reader.integer("event-retention-count", 1, 1'000'000'000'000);
    config.retention.events.age = std::chrono::days(reader.integer("event-retention-days", 1, 36'500));
    config.retention.answers = std::chrono::hours(reader.integer("idempotency-hours", 1, 8'760));
    config.backlogEvents = std::size_t(reader.integer("backlog-events", 1, 10'000'000));
    config.backlogBytes = reader.integer("backlog-bytes", 1024, 64 * gibibyte);
    config.limits.headerBytes = reader.integer("max-header-bytes", 256, gibibyte);
    config.limits.bodyBytes = reader.integer("max-body-bytes", 1, gibibyte);
    config.limits.bulkBodyBytes = reader.integer("max-bulk-bytes", 1, gibibyte);
    config.records.configBytes = reader.integer("max-config-bytes", 2, gibibyte);
    config.limits.requestTimeout = reader.seconds("request-timeout");
    config.limits.idleTimeout = reader.seconds("idle-timeout");
    config.realtime.messageBytes = reader.integer("max-message-bytes", 16, gibibyte);
    config.realtime.pingInterval = reader.seconds("heartbeat-interval");
    config.realtime.resumeGrace = reader.seconds("resume-grace");
    config.realtime.slowTimeout = reader.seconds("slow-timeout");
    config.realtime.handshakeTimeout = reader.seconds("handshake-timeout");
}

} // namespace

bool Config::isLoopbackOnly() const
{
    return listen.address.isLoopback() && (!wsListen || wsListen->address.isLoopback());
}

protocol::Result<Config> Config::make(const QHash<QString, QString>& given)
{
    QHash<QString, QString> values;
    for (const Option& option : allOptions())
        values.insert(option.name, given.value(option.name, option.fallback));
    Problems problems;
    ValueReader reader(values, problems);

    Config config;
    config.listen = reader.endpoint("listen");
    if (reader.text("ws-listen") != QLatin1String("off"))
        config.wsListen = reader.endpoint("ws-listen");
    config.databaseFile = readDatabaseFile(reader);
    config.timezone = reader.text("timezone");
    if (!config.timezone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(config.timezone.toUtf8()))
        reader.refuse("timezone", QStringLiteral("'%1' is not the name of a time zone").arg(config.timezone));
    if (reader.text("auth") != QLatin1String("off"))
        reader.refuse("auth", QStringLiteral("must be off"));
    config.insecureNoAuth = reader.boolean("insecure-no-auth");
    config.allowedOrigins = reader.text("allow-origin").split(QLatin1Char(','), Qt::SkipEmptyParts);
    const int workers = int(reader.integer("workers", 0, 256));
    config.workers = workers > 0 ? workers : std::max(1, QThread::idealThreadCount());
    readLimits(reader, config);
    readRuleOptions(reader, config);
    config.logLevel = readLogLevel(reader);
    config.logFormat = readLogFormat(reader);
    if (problems.isEmpty() && !config.isLoopbackOnly() && !config.insecureNoAuth)
        reader.refuse("listen", QStringLiteral(
                                    "an address beyond this machine needs authentication, which this version "
                                    "does not have; --insecure-no-auth listens there all the same"));
    if (!problems.isEmpty())
        return protocol::Failure(problems.toError(QStringLiteral("The options are not valid.")));
    return config;
}

} // namespace prism::app
