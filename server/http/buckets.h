#pragma once

#include <QHash>

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>

namespace prism::http {

/// So much a second for each key, of which what is not used is saved up: a token bucket each, kept as the
/// moment at which it will be full again. One that is full is like one that never was, so that only those are
/// remembered that are in use, and of those no more than `most`; further keys share one. Used from any
/// thread.
class Buckets
{
public:
    using Clock = std::chrono::steady_clock;
    using Key = quint64; ///< of whatever it is, so mixed that no two are the same

    struct Limit
    {
        qint64 perSecond = 0; ///< 0 for no limit
        std::chrono::seconds saved{10};

        qint64 capacity() const { return perSecond * saved.count(); }
    };

    /// What became of it.
    struct Level
    {
        bool isWithin = true;
        qint64 left = 0;                   ///< that may be taken at once
        std::chrono::nanoseconds full{};   ///< until nothing is taken any more
        std::chrono::nanoseconds enough{}; ///< until what was not within is
    };

    explicit Buckets(const Limit& limit, std::size_t most = 65'536);

    const Limit& limit() const { return m_limit; }
    bool isLimited() const { return m_limit.perSecond > 0; }

    /// Takes so much, if that is there; what is not is left.
    Level take(Key key, qint64 amount, Clock::time_point now) { return take(key, amount, now, false); }

    /// Takes it whether or not it is there: what was used already. Nothing is there then until that is made
    /// up for, for a minute at most.
    void charge(Key key, qint64 amount, Clock::time_point now) { take(key, amount, now, true); }

    /// How often something was not there.
    quint64 refusals() const { return m_refusals.load(std::memory_order_relaxed); }

    /// How many keys are remembered.
    std::size_t size() const;

private:
    struct Shard
    {
        mutable std::mutex mutex;
        QHash<Key, Clock::time_point> full; ///< when each is full again
        Clock::time_point others{};         ///< of those that are not remembered
        Clock::time_point swept{};
    };

    Level take(Key key, qint64 amount, Clock::time_point now, bool isUsed);
    Clock::time_point& placeOf(Shard& shard, Key key, Clock::time_point now) const;

    static constexpr std::size_t shards = 16;

    const Limit m_limit;
    const double m_nanosecondsEach;
    const std::size_t m_mostOfShard;
    std::array<Shard, shards> m_shards;
    std::atomic<quint64> m_refusals{0};
};

} // namespace prism::http
