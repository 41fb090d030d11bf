#include "server/analytics/stable_hash.h"

#include <QtEndian>

namespace prism::analytics {

namespace {

/// The finaliser of SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014).
quint64 mix(quint64 value)
{
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

constexpr quint64 golden = 0x9E3779B97F4A7C15U;

} // namespace

quint64 stableHash(QByteArrayView bytes)
{
    quint64 hash = mix(quint64(bytes.size()) + golden);
    qsizetype i = 0;
    for (; i + 8 <= bytes.size(); i += 8)
        hash = mix(hash ^ qFromLittleEndian<quint64>(bytes.data() + i)) + golden;
    quint64 rest = 0;
    for (; i < bytes.size(); ++i)
        rest = (rest << 8) | quint8(bytes[i]);
    return mix(hash ^ rest);
}

} // namespace prism::analytics
