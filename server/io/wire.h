#pragma once

#include <QByteArrayView>

namespace prism::io {

/// The shortest way to the peer of a Stream: one call of the kernel and nothing else, for a broadcast that
/// goes to thousands one after the other and cannot wait for the memory of each stream. Borrowed from
/// Stream::wire(), of which it is good for as long as the stream is open and nothing waits in it; what the
/// kernel does not take is the stream's to send (Stream::writeLater()). As small as a number, to be kept
/// where the broadcast looks.
class Wire
{
public:
    /// Leads nowhere.
    Wire() = default;

    explicit Wire(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    bool leadsSomewhere() const { return m_descriptor >= 0; }

    /// How many of the bytes the kernel took: none, too, when the connection is broken.
    qsizetype send(QByteArrayView bytes) const;

private:
    int m_descriptor = -1;
};

} // namespace prism::io
