#pragma once

#include "server/io/descriptor.h"
#include "shared/protocol/error.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <sys/types.h>

namespace prism::http {

/// The file of a Unix socket that is listened to: its owner and its group may connect. Goes with this object,
/// if it is the same file still. Belongs to whoever owns the socket.
class SocketFile
{
public:
    /// The most bytes that its path may have.
    static constexpr qsizetype longestPath = 107;

    SocketFile() = default;
    ~SocketFile() { remove(); }
    SocketFile(SocketFile&& other) noexcept;
    SocketFile& operator=(SocketFile&& other) noexcept;

    /// Makes the file and has the socket listen there. The file of a socket that nobody listens to any more
    /// is replaced; Unavailable where somebody does, or where another file is.
    static protocol::Result<SocketFile> listen(const io::Descriptor& socket, const QString& path,
                                               int backlog);

    void remove();

private:
    QByteArray m_path; ///< empty for none
    dev_t m_device = 0;
    ino_t m_number = 0;
};

} // namespace prism::http
