#pragma once

#include <QObject>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <vector>

namespace prism::io {

/// Bounds what the server holds for all its clients together, of one kind: what they have sent in part, or
/// not taken yet. While more is held than may be, whoever has moved the least of it lately is ended; the last
/// one alone never is. A holder of little is neither counted nor ended. Shared by all threads; it takes its
/// lock only when a holder comes to hold much, lets go of it, or more is held than may be.
class ByteBudget
{
public:
    /// At most `most` bytes are held by those who hold more than `free` each.
    ByteBudget(qint64 most, qint64 free)
        : m_most(most)
        , m_free(free)
    {
    }

    /// What is held by those who count, in bytes, and how many of them were ended. From any thread.
    qint64 held() const { return m_held.load(std::memory_order_relaxed); }
    quint64 ended() const { return m_ended.load(std::memory_order_relaxed); }

    /// One that holds bytes. Belongs to its owner's thread; the budget outlives it.
    class Holder
    {
    public:
        using Clock = std::chrono::steady_clock;

        /// `end` is called on the thread of `owner`, by its event loop, when this one is to let go. The owner
        /// outlives the holder.
        Holder(ByteBudget& budget, QObject* owner, std::function<void()> end);
        ~Holder();
        Holder(const Holder&) = delete;
        Holder& operator=(const Holder&) = delete;

        /// How much it holds from now on.
        void hold(qint64 bytes);

        /// So much has come, or gone, of what it is for.
        void moved(qint64 bytes);

        /// Whether it has been told to let go.
        bool isEnding() const { return m_isEnding.load(std::memory_order_relaxed); }

    private:
        friend class ByteBudget;

        /// What moved lately: what moved a second ago counts half.
        double recent(Clock::time_point now) const;

        /// The same in bytes a second. Whoever has just begun is judged by that short time.
        double pace(Clock::time_point now) const;

        ByteBudget& m_budget;
        QObject* const m_owner;
        const std::function<void()> m_end;
        const Clock::time_point m_begun;
        bool m_isListed = false;
        std::atomic<bool> m_isEnding{false};
        std::atomic<qint64> m_held{0};
        std::atomic<double> m_recent{0}; ///< at the moment below
        std::atomic<Clock::rep> m_movedAt;
    };

private:
    void makeRoom();
    Holder* slowest() const;

    const qint64 m_most;
    const qint64 m_free;
    std::atomic<qint64> m_held{0};
    std::atomic<quint64> m_ended{0};
    std::mutex m_mutex;
    std::vector<Holder*> m_holders; ///< those who hold much
};

} // namespace prism::io
