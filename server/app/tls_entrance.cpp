#include "server/app/tls_entrance.h"

#include "server/http/address_key.h"
#include "shared/protocol/try.h"

#include <QLoggingCategory>

#include <utility>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace prism::app {

using protocol::Result;

namespace {

Result<io::tls::ContextPtr> loadTls(const Config& config)
{
    return io::tls::Context::load({config.tlsCertificates, config.tlsKey});
}

} // namespace

Result<std::unique_ptr<io::tls::Entrance>> openTlsEntrance(const Config& config, io::tls::Entrance::Sink sink)
{
    PRISM_TRY_ASSIGN(const io::tls::ContextPtr context, loadTls(config));
    const io::tls::Entrance::Settings settings{config.workers,
                                               {config.tlsHandshakeTimeout, config.mostTlsHandshakes,
                                                std::size_t(config.probeConnections), &http::addressShareOf},
                                               config.limits.slowest};
    auto entrance = std::make_unique<io::tls::Entrance>(settings, context, std::move(sink));
    PRISM_TRY(entrance->start());
    return entrance;
}

void reloadTls(const Config& config, io::tls::Entrance& entrance)
{
    const Result<io::tls::ContextPtr> context = loadTls(config);
    if (!context) {
        qCCritical(lcApp).noquote() << context.error().message
                                    << "What was read before stays in use; SIGHUP has it read again.";
        return;
    }
    entrance.setContext(*context);
    qCInfo(lcApp).noquote() << "certificate and key were read anew from" << config.tlsCertificates << "and"
                            << config.tlsKey;
}

} // namespace prism::app
