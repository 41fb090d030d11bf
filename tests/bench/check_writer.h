#pragma once

#include <QUrl>

#include <atomic>
#include <thread>

namespace prism::bench {

/// Writes checks to a server from a thread of its own, at a steady pace or, up to a bound, as fast as they
/// are taken. Belongs to the thread that made it.
class CheckWriter
{
public:
    /// `perSecond` checks, `perRequest` together; 0 a second for no pace.
    CheckWriter(const QUrl& server, int perSecond, int perRequest);

    /// Waits for the request under way.
    ~CheckWriter();
    Q_DISABLE_COPY_MOVE(CheckWriter)

    /// Goes on until so many are written.
    void setBound(qint64 bound) { m_bound = bound; }

    qint64 written() const { return m_written; }
    bool failed() const { return m_failed; }

    /// Processor time that this thread took and the program's other threads did not.
    double cpuSeconds() const { return m_cpuSeconds; }

private:
    void run(const QUrl& server, int perSecond, int perRequest);

    std::atomic<qint64> m_bound{0};
    std::atomic<qint64> m_written{0};
    std::atomic<double> m_cpuSeconds{0};
    std::atomic<bool> m_failed{false};
    std::atomic<bool> m_ends{false};
    std::thread m_thread;
};

} // namespace prism::bench
