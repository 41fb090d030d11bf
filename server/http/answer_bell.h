#pragma once

#include <QObject>

#include <atomic>

namespace prism::http {

/// Tells the workers that answers which were given on another thread are to be sent, all at once: a worker
/// that is woken for each of them takes that thread's place as often. Knows how much of them has not been
/// sent, so that who makes large ones does not make them faster than they go. Belongs to no thread; rung on
/// the one that gives the answers.
class AnswerBell : public QObject
{
    Q_OBJECT

public:
    void ring() { emit rung(); }

    /// Answers of so many bytes wait for their worker, or do not any more. From any thread.
    void keep(qint64 bytes) { m_kept.fetch_add(bytes, std::memory_order_relaxed); }
    void letGo(qint64 bytes)
    {
        m_kept.fetch_sub(bytes, std::memory_order_relaxed);
        m_kept.notify_all();
    }

    qint64 kept() const { return m_kept.load(std::memory_order_relaxed); }

    /// Returns when few bytes wait. Not to be called where anybody else's answers are made, nor on a worker's
    /// thread.
    void waitForRoom() const
    {
        for (qint64 bytes = kept(); bytes > mostKept; bytes = kept())
            m_kept.wait(bytes, std::memory_order_relaxed);
    }

    static constexpr qint64 mostKept = 16LL * 1024 * 1024;

signals:
    /// On the thread that rings.
    void rung();

private:
    std::atomic<qint64> m_kept{0};
};

} // namespace prism::http
