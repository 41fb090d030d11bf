#pragma once

#include <QByteArray>

namespace prism::test {

/// A plain blocking TCP connection to 127.0.0.1, for tests with thousands of them; -1 when it cannot be made.
/// The caller closes it. `receiveBuffer` (bytes) and `segmentSize` (bytes, as announced to the peer) are left
/// to the kernel when 0: small ones make the kernel hold little for a client that does not read.
int connectToLoopback(quint16 port, int receiveBuffer = 0, int segmentSize = 0);

/// Sends everything, waiting where it must; false when the peer has gone.
bool sendAll(int descriptor, const QByteArray& bytes);

/// Lets this process open as many descriptors as it is allowed to. Returns how many that are.
qint64 raiseDescriptorLimit();

} // namespace prism::test
