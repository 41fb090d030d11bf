#pragma once

#include <QObject>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

namespace prism::app {

/// Receives the signals that are sent to the process, on a thread of its own, so that nothing the main thread
/// is at keeps one waiting. One per process, made on the main thread before any thread that has not left the
/// signals to it.
///
/// SIGINT, SIGTERM, and SIGHUP when the terminal it was started from is gone, ask to stop: before there is
/// anything to stop they end the process at once, and so does a stop that takes longer than it may. Any other
/// SIGHUP asks for what was read from files to be read anew, where there is something. Every
/// other signal that would end a process without having to do with a fault or a debugger is taken, told to
/// the log and does nothing.
class Signals : public QObject
{
    Q_OBJECT

public:
    explicit Signals(QObject* parent = nullptr);
    ~Signals() override;

    /// From now on stopRequested() is emitted instead of ending.
    void setStoppable();

    /// From now on reloadRequested() is emitted for it.
    void setReloadable();

    /// Lets writes fail that would be ended by a signal otherwise: to what nobody reads any more, and past
    /// the size a file may have. For every command, as early as can be.
    static void leaveToErrors();

signals:
    /// On the main thread.
    void stopRequested();
    void reloadRequested();

private:
    void receive();
    void take(int number, bool isTerminalGone);

    const int m_signals;
    const int m_end; ///< readable when the thread is to end
    std::atomic<bool> m_isStoppable = false;
    std::atomic<bool> m_isReloadable = false;
    std::optional<std::chrono::steady_clock::time_point> m_deadline; ///< of the stop; of the thread alone
    std::thread m_thread;
};

} // namespace prism::app
