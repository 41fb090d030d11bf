#include "server/app/descriptor_room.h"

#include "server/io/descriptor.h"

#include <QLoggingCategory>

#include <limits>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <vector>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace prism::app {

http::ConnectionQuota::Limits connectionLimits(const Config& config)
{
    constexpr int forFiles = 128;
    constexpr int ofWorker = 16; // event loops and what is read from
    const int ofScrapers = config.metricsListen ? 16 : 0;
    const int ofConnection = config.hasTls() ? 3 : 1;
    rlimit limit{};
    int all = config.maxConnections;
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < rlim_t(std::numeric_limits<int>::max())) {
        const int ofOthers = forFiles + ofWorker * config.workers + ofScrapers;
        const int left = (int(limit.rlim_cur) - ofOthers) / ofConnection - 2 * config.probeConnections;
        if (left < all) {
            all = std::max(left, 1);
            qCInfo(lcApp) << "the limit of" << int(limit.rlim_cur) << "open files leaves room for" << all
                          << "connections";
        }
    }
    const int ofAddress = config.maxConnectionsOfAddress;
    return {all, ofAddress > 0 ? ofAddress : std::max(all / 2, 1)};
}

protocol::Result<void> checkRoom()
{
    constexpr int least = 16; // for a few connections and for what is opened when it is needed
    std::vector<io::Descriptor> room;
    for (int i = 0; i < least; ++i)
        room.emplace_back(::eventfd(0, EFD_CLOEXEC));
    if (room.back().isOpen())
        return {};
    return protocol::Failure(
        protocol::Error{protocol::ErrorCode::Unavailable,
                        QStringLiteral("The system lets this server open too few files: none are left for "
                                       "connections (see ulimit -n).")});
}

} // namespace prism::app
