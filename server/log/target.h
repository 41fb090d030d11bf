#pragma once

#include <QByteArrayView>

#include <chrono>

namespace prism::log {

/// Where lines go: a file, a pipe, a terminal or a socket that somebody else may share and that nobody may be
/// reading. Writes what there is room for, and never waits in a write. Lives on the thread of who uses it.
class Target
{
public:
    /// Does not own `descriptor`, which stays open and as it is.
    explicit Target(int descriptor);
    ~Target();
    Q_DISABLE_COPY_MOVE(Target)

    /// How many bytes were taken: 0 when there is no room for a while, -1 when nothing will ever be taken
    /// again of what is given now.
    qsizetype write(QByteArrayView bytes);

    /// Waits for room.
    void waitForRoom(std::chrono::milliseconds longest) const;

private:
    enum class Kind { Plain, Socket, Own };

    int m_descriptor;
    Kind m_kind = Kind::Plain;
};

} // namespace prism::log
