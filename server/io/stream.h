#pragma once

#include "server/io/descriptor.h"
#include "server/io/wire.h"

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace prism::io {

/// The bytes of one connection, always plain, in both directions. What arrives waits in a bounded buffer;
/// what is written goes straight to the kernel while it takes it, and waits here otherwise. No buffer stays
/// when it is empty. Owns the descriptor. Lives on the thread that made it.
class Stream : public QObject
{
    Q_OBJECT

public:
    /// At most about `readAhead` bytes wait to be consumed; then the peer is not read from. `received` is
    /// what was read of the connection before, and is the first that is unread; readable() does not tell of
    /// it.
    Stream(Descriptor descriptor, qsizetype readAhead, QObject* parent = nullptr,
           const QByteArray& received = {});
    ~Stream() override;

    /// Who is at the other end; known after the end, too.
    const QHostAddress& peer() const { return m_descriptor.peer(); }

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

    /// Past this object to the peer: see there when.
    Wire wire() const { return Wire(m_descriptor.number()); }

    /// Tells the peer that nothing more is written. To be called when unsent() is 0.
    void finishWriting();

    /// Ends the connection at once; closed() is not emitted.
    void close();

    bool isOpen() const { return m_descriptor.isOpen(); }

    /// Gives the descriptor away. What is unread stays here.
    Descriptor release();

signals:
    /// More has arrived, or peerFinished() has become true.
    void readable();

    /// unsent() was 0 and is not any more.
    void held();

    /// unsent() has become 0 after it was not. Emitted by the event loop, not while somebody writes.
    void drained();

    /// The connection broke. Emitted by the event loop.
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
