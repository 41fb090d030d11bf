#include "server/store/rollups/older_rollup.h"

#include "server/analytics/sealed_bytes.h"
#include "server/analytics/stable_hash.h"

namespace prism::store {

using analytics::ByteReader;
using analytics::ByteWriter;
using analytics::Figures;
using analytics::PrincipleCount;
using analytics::Rollup;

namespace {

constexpr quint64 olderVersion = 1;

std::vector<PrincipleCount> readPrinciples(ByteReader& reader)
{
    constexpr std::size_t smallest = 3;
    std::vector<PrincipleCount> principles(reader.count(smallest));
    for (PrincipleCount& principle : principles) {
        principle.id = reader.text();
        principle.name = reader.text();
        principle.count = reader.signedNumber();
    }
    return principles;
}

} // namespace

/// The parts stand in another order: the principles are between the durations and the sets.
std::optional<OlderRollup> OlderRollup::decode(QByteArrayView figuresBytes, QByteArrayView content)
{
    const std::optional<Figures> figures = analytics::decodeFigures(figuresBytes);
    if (!figures)
        return std::nullopt;
    ByteWriter written;
    figures->write(written);
    const auto bytes = analytics::unseal(content, analytics::stableHash(written.bytes()));
    if (!bytes)
        return std::nullopt;
    ByteReader reader(*bytes);
    if (reader.number() != olderVersion)
        return std::nullopt;
    OlderRollup older;
    ByteWriter parts;
    analytics::DurationHistogram::read(reader).write(parts);
    Figures::read(reader).write(parts);
    analytics::DurationHistogram::read(reader).write(parts);
    older.principles = readPrinciples(reader);
    analytics::DistinctSet::read(reader).write(parts);
    analytics::DistinctSet::read(reader).write(parts);
    if (!reader.isGood() || !reader.isAtEnd())
        return std::nullopt;
    ByteReader again(parts.bytes());
    older.rollup = Rollup::read(*figures, again);
    return again.isGood() && again.isAtEnd() ? std::optional(std::move(older)) : std::nullopt;
}

} // namespace prism::store
