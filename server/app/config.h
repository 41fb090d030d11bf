#pragma once

#include "server/http/request.h"
#include "server/realtime/settings.h"
#include "server/rules/rule_set.h"
#include "server/store/writing/upkeep.h"
#include "server/store/writing/write_queue.h"
#include "shared/protocol/error.h"
#include "shared/protocol/record.h"

#include <QHash>
#include <QHostAddress>

namespace prism::app {

enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Text, Json };

struct Endpoint
{
    QHostAddress address;
    quint16 port = 0;
};

/// What the server was told, checked. Immutable once made.
struct Config
{
    Endpoint listen;
    std::optional<Endpoint> wsListen;
    QString databaseFile;
    QString timezone; ///< empty when none was named
    bool insecureNoAuth = false;
    QStringList allowedOrigins;
    int workers = 1;
    int maxConnections = 10'000;
    int maxJsonDepth = 32;
    store::Weight writeQueue{10'000, 200'000, 256 * 1024 * 1024};
    store::Retention retention;
    protocol::RecordLimits records;
    std::size_t backlogEvents = 65'536;
    qint64 backlogBytes = 64 * 1024 * 1024;
    http::Limits limits;
    realtime::Settings realtime;
    rules::RuleLimits rules;
    qsizetype intentLength = 65'536; ///< characters
    int ruleVersions = 20;           ///< kept
    LogLevel logLevel = LogLevel::Info;
    LogFormat logFormat = LogFormat::Text;

    /// Whether every listening address is a loopback one.
    bool isLoopbackOnly() const;

    /// Reads what was given by option name. Options that are missing have their fallback; all problems are
    /// listed.
    static protocol::Result<Config> make(const QHash<QString, QString>& given);
};

} // namespace prism::app
