#pragma once

#include "server/log/line_queue.h"

#include <thread>

namespace prism::log {

class Target;

enum class Level { Debug, Info, Warning, Error };

/// The program's log: what is logged on any thread goes to a descriptor, one entry a line, in order. Nobody
/// who logs waits: a thread of its own writes, and what a reader who does not read leaves no room for is
/// dropped and counted. Entries alike are folded (see Repetitions). One in a process; made and destroyed on
/// the main thread, after the destruction of everything that logs on others.
class Log
{
public:
    struct Settings
    {
        Level level = Level::Info;
        Format format = Format::Text;
        qint64 queueBytes = 0; ///< of lines that wait to be written
    };

    /// Does not own the descriptor.
    Log(int descriptor, const Settings& settings);

    /// Writes what waits, for a second at the most.
    ~Log();
    Q_DISABLE_COPY_MOVE(Log)

    /// How many entries were never written, from the start on; on any thread.
    quint64 dropped() const { return m_queue.dropped(); }

private:
    void write(int descriptor);
    bool writeSome(Target& target, QByteArrayView& lines) const;

    LineQueue m_queue;
    std::thread m_thread;
    QtMessageHandler m_before; ///< takes over again at the end
};

} // namespace prism::log
