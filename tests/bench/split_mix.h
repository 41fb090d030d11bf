#pragma once

#include <cstdint>

namespace prism::bench {

/// Random numbers by SplitMix64: the same for the same seed, whichever library is there. A plain value.
class SplitMix
{
public:
    /// Mixed, as what follows from neighbouring states is the same but for where it begins.
    explicit SplitMix(std::uint64_t seed)
        : m_state(mixed(seed + step))
    {
    }

    std::uint64_t next()
    {
        m_state += step;
        return mixed(m_state);
    }

    /// From 0 up to, but not, 1.
    double fraction() { return double(next() >> 11U) / 9007199254740992.0; }

private:
    static constexpr std::uint64_t step = 0x9e3779b97f4a7c15U;

    static std::uint64_t mixed(std::uint64_t z)
    {
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }

    std::uint64_t m_state;
};

} // namespace prism::bench
