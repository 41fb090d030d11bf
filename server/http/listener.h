#pragma once

#include "server/http/socket_file.h"
#include "server/io/descriptor.h"
#include "shared/protocol/error.h"

#include <QSocketNotifier>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace prism::http {

/// A listening socket that hands each accepted connection on, unread. While the system has no descriptor or
/// no memory for another connection it rests for a moment and tries again: whoever connects waits in the
/// kernel's queue meanwhile. Owns the socket. Lives on the main thread.
class Listener : public QObject
{
    Q_OBJECT

public:
    using Sink = std::function<void(io::Descriptor descriptor)>;

    Listener(Sink sink, QObject* parent);
    ~Listener() override;

    /// Begins to listen; port 0 picks a free one. Unavailable with the system's reason.
    protocol::Result<void> listen(const QHostAddress& address, quint16 port);

    /// The same at the file of a Unix socket, see SocketFile.
    protocol::Result<void> listen(const QString& path);

    /// Where it listens, once it does; a null address where that is a file.
    const QHostAddress& address() const { return m_address; }
    quint16 port() const { return m_port; }

    /// Whoever waits in the kernel's queue is turned away.
    void close();

    /// How often the system had nothing left for a connection. From any thread.
    quint64 failures() const { return m_failures.load(std::memory_order_relaxed); }

private:
    using Clock = std::chrono::steady_clock;

    void await();
    void acceptSome();
    void rest(int error);

    const Sink m_sink;
    io::Descriptor m_socket;
    SocketFile m_file;
    QHostAddress m_address;
    quint16 m_port = 0;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_resting;
    std::atomic<quint64> m_failures{0};
    quint64 m_failuresTold = 0;
    std::optional<Clock::time_point> m_told; ///< when it was said last that connections have to wait
};

} // namespace prism::http
