#pragma once

#include "server/store/rollups/delta_tail.h"

#include <map>
#include <memory>

namespace prism::store {

/// Keeps the sums of spans that were asked for, up to a bound, and brings each up to date when it is asked
/// for again, by the deltas since. Sum is Rollup or PrincipleSum. Belongs to one thread; `tail` is borrowed.
template <typename Sum>
class SpanSums
{
public:
    using Pointer = std::shared_ptr<const Sum>;
    using Apply = void (*)(Sum& sum, const analytics::RollupDelta& delta);

    SpanSums(const DeltaTail& tail, std::size_t mostBytes, Apply apply)
        : m_tail(tail)
        , m_mostBytes(mostBytes)
        , m_apply(apply)
    {
    }

    /// As of now; null where it is not kept.
    Pointer find(const analytics::Span& span)
    {
        const auto entry = m_kept.find({span.from, span.to});
        return entry == m_kept.end() ? nullptr : upToDate(entry);
    }

    /// The longest that is kept of those that begin with the span and end before it does, and where it ends.
    struct Beginning
    {
        Pointer sum;
        analytics::Timestamp end{};
    };
    Beginning beginningOf(const analytics::Span& span)
    {
        auto entry = m_kept.lower_bound({span.from, span.to});
        if (entry == m_kept.begin() || (--entry)->first.first != span.from)
            return {};
        const analytics::Timestamp end = entry->first.second;
        return {upToDate(entry), end};
    }

    Pointer keep(const analytics::Span& span, Sum sum)
    {
        const auto shared = std::make_shared<Sum>(std::move(sum));
        forget(span);
        m_bytes += shared->bytes();
        m_kept.insert_or_assign(Key{span.from, span.to},
                                Kept{shared, shared->bytes(), m_tail.last(), ++m_uses});
        makeRoom();
        return shared;
    }

    void forget(const analytics::Span& span)
    {
        if (const auto entry = m_kept.find({span.from, span.to}); entry != m_kept.end())
            erase(entry);
    }

    void forgetAll()
    {
        m_kept.clear();
        m_bytes = 0;
    }

private:
    using Key = std::pair<analytics::Timestamp, analytics::Timestamp>;

    struct Kept
    {
        std::shared_ptr<Sum> sum;
        std::size_t bytes = 0;
        qint64 seen = 0; ///< the last delta that is in it
        quint64 lastUse = 0;
    };
    using Entry = typename std::map<Key, Kept>::iterator;

    Pointer upToDate(Entry entry)
    {
        Kept& kept = entry->second;
        if (!m_tail.reachesBackTo(kept.seen)) {
            erase(entry);
            return nullptr;
        }
        kept.lastUse = ++m_uses;
        const analytics::Timestamp from = entry->first.first;
        const analytics::Timestamp to = entry->first.second;
        bool isChanged = false;
        m_tail.forEachAfter(kept.seen, [&](const StoredDelta& each) {
            if (each.quarter < from || each.quarter >= to)
                return;
            if (!isChanged && kept.sum.use_count() > 1) // somebody still reads it as it was
                kept.sum = std::make_shared<Sum>(*kept.sum);
            isChanged = true;
            m_apply(*kept.sum, each.delta);
        });
        kept.seen = m_tail.last();
        m_bytes -= kept.bytes;
        kept.bytes = kept.sum->bytes();
        m_bytes += kept.bytes;
        const Pointer sum = kept.sum;
        makeRoom();
        return sum;
    }

    void erase(Entry entry)
    {
        m_bytes -= entry->second.bytes;
        m_kept.erase(entry);
    }

    /// What was used last stays, however much that is.
    void makeRoom()
    {
        while (m_bytes > m_mostBytes && m_kept.size() > 1) {
            auto oldest = m_kept.begin();
            for (auto entry = m_kept.begin(); entry != m_kept.end(); ++entry) {
                if (entry->second.lastUse < oldest->second.lastUse)
                    oldest = entry;
            }
            erase(oldest);
        }
    }

    const DeltaTail& m_tail;
    const std::size_t m_mostBytes;
    const Apply m_apply;
    std::map<Key, Kept> m_kept;
    std::size_t m_bytes = 0;
    quint64 m_uses = 0;
};

} // namespace prism::store
