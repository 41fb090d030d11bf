#pragma once

#include "server/io/byte_budget.h"
#include "server/io/descriptor.h"
#include "server/io/wire.h"

#include <QBasicTimer>
#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace prism::io {

/// The bytes of one connection, always plain, in both directions. What arrives waits in a bounded buffer;
/// what is written goes straight to the kernel while it takes it, and waits here otherwise. No buffer stays
/// when it is empty. This is the one place that ends a connection so that its last words arrive. Owns the
/// descriptor. Lives on the thread that made it.
class Stream : public QObject
{
    Q_OBJECT

public:
    /// At most `readAhead` bytes wait to be consumed; then the peer is not read from. `received` is what was
    /// read of the connection before, and is the first that is unread; readable() does not tell of it.
    Stream(Descriptor descriptor, qsizetype readAhead, QObject* parent = nullptr,
           const QByteArray& received = {});
    ~Stream() override;

    /// What waits here counts in `unsent` from now on; when that is full, this connection may be reset for
    /// it. To be called while nothing waits. The budget outlives the stream.
    void countIn(ByteBudget& unsent) { m_budget = &unsent; }

    /// From now on. What waits already stays.
    void setReadAhead(qsizetype bytes);

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

    /// The bytes that the kernel has taken and the peer has not acknowledged.
    qsizetype unacknowledged() const;

    /// Past this object to the peer: see there when.
    Wire wire() const { return Wire(m_descriptor.number()); }

    /// Ends the connection when all that waits has been sent. A peer that is still sending then would be
    /// answered with a reset, which may overtake the last that it was sent: so it is told that nothing
    /// follows, and what it sends is thrown away until it has finished too, for two seconds and 16 MiB at
    /// most. closed() follows, and nothing else is emitted.
    void finish();
    bool isFinishing() const { return m_isFinishing; }

    /// Ends the connection at once; closed() is not emitted.
    void close();

    /// The same by a reset: what the kernel still holds for the peer is let go of, too.
    void reset();

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

    /// The connection broke, or has ended after finish(). Emitted by the event loop.
    void closed();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void receive();
    void discard();
    void send();
    void keep(const QByteArray& bytes, qsizetype taken);
    void count();
    void linger();
    void fail();
    void silence();

    Descriptor m_descriptor;
    qsizetype m_readAhead;
    QByteArray m_unread;
    qsizetype m_consumed = 0;
    QByteArray m_unsent;
    qsizetype m_sent = 0;
    qsizetype m_discarded = 0;
    bool m_peerFinished = false;
    bool m_isFinishing = false;
    QBasicTimer m_lingering;
    ByteBudget* m_budget = nullptr;
    QSocketNotifier m_readNotifier;
    std::unique_ptr<QSocketNotifier> m_writeNotifier; ///< only once something has waited
    std::unique_ptr<ByteBudget::Holder> m_holder;     ///< only while something waits
};

} // namespace prism::io
