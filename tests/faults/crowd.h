#pragma once

#include "shared/protocol/position.h"

#include <QByteArray>

#include <functional>
#include <vector>

namespace prism::test {

/// Many WebSocket clients on plain sockets, which count what they get and throw it away. Lives on one thread
/// and needs no event loop.
class Crowd
{
public:
    struct Member
    {
        int descriptor = -1;
        bool reading = true; ///< false for one that stalls
        bool open = false;   ///< the handshake is over
        bool closed = false;
        int closeCode = 0;
        protocol::Seq position = 0; ///< the last event it got
        qsizetype outOfOrder = 0;   ///< events that did not follow the one before
        QByteArray received;
    };

    ~Crowd();

    /// Connects one more, at `position` of the order; see connectToLoopback() for the other two.
    Member& add(quint16 port, const QByteArray& path, protocol::Seq position, int receiveBuffer = 0,
                int segmentSize = 0);
    std::vector<Member>& members() { return m_members; }

    /// Reads for all that read until `done`, which is asked after each turn; false at the deadline.
    bool readUntil(const std::function<bool()>& done, int timeoutMs);

    /// Called for each event with its text.
    std::function<void(const QByteArray&)> onEvent;

private:
    void read(Member& member);
    void parse(Member& member);
    void take(Member& member, int opcode, const QByteArray& payload);

    std::vector<Member> m_members;
};

} // namespace prism::test
