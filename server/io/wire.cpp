#include "server/io/wire.h"

#include <algorithm>
#include <sys/socket.h>

namespace prism::io {

qsizetype Wire::send(QByteArrayView bytes) const
{
    const ssize_t taken =
        ::send(m_descriptor, bytes.data(), std::size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    return std::max<qsizetype>(taken, 0);
}

} // namespace prism::io
