#pragma once

#include "server/io/descriptor.h"

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace prism::io {

/// One accepted TCP connection. What arrives waits in a bounded buffer; what is written goes straight to the
/// kernel while it takes it, and waits here otherwise. Owns the descriptor. Lives on the thread that made it.
class Socket : public QObject
{
    Q_OBJECT

public:
    /// At most about `readAhead` bytes wait to be consumed; then the
    /// peer is not read from.
    Socket(Descriptor descriptor, qsizetype readAhead, QObject* parent);
    ~Socket() override;

    /// What has arrived and was not consumed yet. Valid until the next call of consume() or the next turn of
    /// the event loop.
    QByteArrayView unread() const { return QByteArrayView(m_unread).sliced(m_consumed); }
    void consume(qsizetype bytes);

    /// Whether the peer will send nothing more. What it sent before may still be unread.
    bool peerFinished() const { return m_peerFinished; }

    void write(const QByteArray& bytes);

    /// The same when the kernel has been offered more than it took: at the next turn of the event loop, so
    /// that drained() or closed() follows.
    void writeLater(const QByteArray& bytes);

    /// The bytes that the kernel has not taken yet.
    qsizetype unsent() const { return m_unsent.size() - m_sent; }

    /// Tells the peer that nothing more is written. To be called when unsent() is 0.
    void finishWriting();

    /// Ends the connection at once; closed() is not emitted.
    void close();

    bool isOpen() const { return m_descriptor.isOpen(); }

    /// Known also after the end.
    const QHostAddress& peer() const { return m_descriptor.peer(); }

    /// Gives the descriptor away. What is unread stays here.
    Descriptor release();

signals:
    /// More has arrived, or peerFinished() has become true.
    void readable();

    /// unsent() has become 0 after it was not.
    void drained();

    /// The connection broke.
    void closed();

private:
    void receive();
    void send();
    void fail();
    void silence();

    Descriptor m_descriptor;
    const qsizetype m_readAhead;
    QByteArray m_unread;
    qsizetype m_consumed = 0;
    QByteArray m_unsent;
    qsizetype m_sent = 0;
    bool m_peerFinished = false;
    QSocketNotifier m_readNotifier;
    std::unique_ptr<QSocketNotifier> m_writeNotifier; ///< only once something has waited
};

} // namespace prism::io
