#include "server/app/config.h"

#include "server/app/option.h"
#include "shared/protocol/json_reader.h"

#include <QDir>
#include <QStandardPaths>
#include <QThread>
#include <QUrl>

namespace prism::app {

using protocol::ErrorCode;

namespace {

/// Fills in what follows from what was given.
void complete(Config& config)
{
    if (config.dataFolder.isEmpty())
        config.dataFolder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                            QStringLiteral("/prism-gateway");
    config.databaseFile = QDir(config.dataFolder).absoluteFilePath(config.databaseFile);
    if (config.workers == 0)
        config.workers = std::max(1, QThread::idealThreadCount());
    if (config.reading.readers == 0)
        config.reading.readers = 1 + std::max(1, QThread::idealThreadCount() / 2);
    config.realtime.maxJsonDepth = config.maxJsonDepth;
    config.limits.slowest = config.realtime.slowest;
}

} // namespace

bool Config::isLoopbackOnly() const
{
    return listen.isOfThisMachine() && (!wsListen || wsListen->isOfThisMachine());
}

api::AllowanceLimits Config::allowanceLimits() const
{
    api::AllowanceLimits whole = allowance;
    whole.isLoopbackExempt = auth == Auth::Off;
    if (whole.connectionsOfToken == 0)
        whole.connectionsOfToken = std::max(maxConnections / 2, 1);
    return whole;
}

QStringList Config::hosts() const
{
    QStringList all = allowedHosts;
    if (!listen.isSocket())
        all.append(listen.address.toString());
    if (!publicUrl.isEmpty())
        all.append(QUrl(publicUrl).host(QUrl::FullyEncoded));
    for (const std::optional<Endpoint>& other : {wsListen, metricsListen}) {
        if (other)
            all.append(other->address.toString());
    }
    return all;
}

protocol::Result<Config> Config::make(const QHash<QString, QString>& given)
{
    Config config;
    protocol::Problems problems;
    const auto refuse = [&](const QString& name, const QString& why) {
        problems.add(ErrorCode::Validation, QStringLiteral("--") + name, why);
    };
    for (const Option& option : optionsOf(config)) {
        const QString problem = option.put(given.value(option.name, option.fallback));
        if (!problem.isEmpty())
            refuse(option.name, problem);
    }
    if (config.tlsCertificates.isEmpty() != config.tlsKey.isEmpty()) {
        const bool hasKey = !config.tlsKey.isEmpty();
        refuse(hasKey ? QStringLiteral("tls-cert") : QStringLiteral("tls-key"),
               hasKey ? QStringLiteral("must be set as well: --tls-key is of no use without its certificate")
                      : QStringLiteral("must be set as well: --tls-cert is of no use without its key"));
    }
    if (config.listen.isSocket() && !given.contains(QStringLiteral("ws-listen")))
        config.wsListen.reset();
    if (config.listen.isSocket() && config.hasTls())
        refuse(QStringLiteral("tls-cert"),
               QStringLiteral("TLS is not spoken at a Unix socket: leave it to the proxy in front, or have "
                              "--listen name HOST:PORT"));
    if (config.proxies.socketPeers && !config.listen.isSocket())
        refuse(QStringLiteral("trusted-proxy"),
               QStringLiteral("unix needs --listen unix:PATH; a proxy that connects by TCP is named by its "
                              "address"));
    const bool isOpen = config.auth == Auth::Off;
    if (problems.isEmpty() && isOpen && !config.insecureNoAuth && config.hasProxies())
        refuse(QStringLiteral("trusted-proxy"),
               QStringLiteral("what a proxy brings comes from beyond this machine and needs --auth on; "
                              "--insecure-no-auth serves it all the same"));
    if (problems.isEmpty() && isOpen && !config.insecureNoAuth && !config.publicUrl.isEmpty())
        refuse(QStringLiteral("public-url"),
               QStringLiteral("a server that the world has a name for needs --auth on; --insecure-no-auth "
                              "serves it all the same"));
    if (problems.isEmpty() && isOpen && !config.isLoopbackOnly() && !config.insecureNoAuth)
        refuse(QStringLiteral("listen"),
               QStringLiteral("an address beyond this machine needs --auth on; --insecure-no-auth listens "
                              "there all the same"));
    if (problems.isEmpty() && !isOpen && config.insecureNoAuth)
        refuse(QStringLiteral("insecure-no-auth"),
               QStringLiteral("says the opposite of --auth on; leave one of the two out"));
    if (!problems.isEmpty())
        return protocol::Failure(problems.toError(QStringLiteral("The options are not valid.")));
    complete(config);
    return config;
}

} // namespace prism::app
