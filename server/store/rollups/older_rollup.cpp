#include "server/store/rollups/older_rollup.h"

#include "server/analytics/sealed_bytes.h"
#include "server/analytics/stable_hash.h"

#include <array>
#include <cmath>

namespace prism::store {

using analytics::ByteReader;
using analytics::ByteWriter;
using analytics::DistinctSet;
using analytics::DurationHistogram;
using analytics::Figures;
using analytics::PrincipleCount;
using analytics::Rollup;
using analytics::RollupDelta;

namespace {

constexpr quint64 olderFiguresVersion = 1;
constexpr quint64 olderVersion = 1;
constexpr quint64 versionWithoutHits = 2;
constexpr quint64 deltaVersionWithoutHits = 1;

/// In the order in which they were stored.
Figures readFigures(ByteReader& reader)
{
    Figures figures;
    for (qint64* count :
         std::array{&figures.checks, &figures.passed, &figures.checksWithViolations, &figures.violations,
                    &figures.falsePositives, &figures.bySeverity[0], &figures.bySeverity[1],
                    &figures.bySeverity[2], &figures.retros, &figures.timedRetros})
        *count = reader.signedNumber();
    figures.retroDuration = reader.real();
    if (!std::isfinite(figures.retroDuration))
        reader.refuse();
    return reader.isGood() ? figures : Figures();
}

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

/// Takes the parts up to the sets as they were stored, and writes them as they are stored today.
void readParts(ByteReader& reader, ByteWriter& parts)
{
    DurationHistogram::read(reader).write(parts);
    readFigures(reader).write(parts);
    DurationHistogram::read(reader).write(parts);
}

void readSets(ByteReader& reader, ByteWriter& parts)
{
    DistinctSet::read(reader).write(parts);
    DistinctSet::read(reader).write(parts);
}

Rollup rollupOf(const Figures& figures, const ByteWriter& parts)
{
    ByteWriter copy = parts;
    ByteReader reader(copy.bytes());
    return Rollup::read(figures, reader);
}

/// What a bucket's two columns hold when both seals are whole.
struct Columns
{
    Figures figures;
    ByteReader content;

    static std::optional<Columns> open(QByteArrayView figuresBytes, QByteArrayView contentBytes,
                                       quint64 version)
    {
        const auto figures = analytics::unseal(figuresBytes, olderFiguresVersion);
        const auto content =
            figures ? analytics::unseal(contentBytes, analytics::stableHash(*figures)) : std::nullopt;
        if (!content)
            return std::nullopt;
        ByteReader reader(*figures);
        Columns columns{readFigures(reader), ByteReader(*content)};
        const bool areFigures = reader.isGood() && reader.isAtEnd() && columns.figures.areCounts();
        return areFigures && columns.content.number() == version ? std::optional(columns) : std::nullopt;
    }
};

} // namespace

/// The parts stand in another order: the principles are between the durations and the sets.
std::optional<OlderRollup> OlderRollup::decode(QByteArrayView figures, QByteArrayView content)
{
    auto columns = Columns::open(figures, content, olderVersion);
    if (!columns)
        return std::nullopt;
    ByteReader& reader = columns->content;
    OlderRollup older;
    ByteWriter parts;
    readParts(reader, parts);
    older.principles = readPrinciples(reader);
    readSets(reader, parts);
    if (!reader.isGood() || !reader.isAtEnd())
        return std::nullopt;
    older.rollup = rollupOf(columns->figures, parts);
    return older;
}

std::optional<Rollup> decodeWithoutHits(QByteArrayView figures, QByteArrayView content)
{
    auto columns = Columns::open(figures, content, versionWithoutHits);
    if (!columns)
        return std::nullopt;
    ByteReader& reader = columns->content;
    ByteWriter parts;
    readParts(reader, parts);
    readSets(reader, parts);
    return reader.isGood() && reader.isAtEnd() ? std::optional(rollupOf(columns->figures, parts))
                                               : std::nullopt;
}

std::optional<RollupDelta> decodeDeltaWithoutHits(QByteArrayView bytes)
{
    const auto content = analytics::unseal(bytes, deltaVersionWithoutHits);
    if (!content)
        return std::nullopt;
    ByteReader reader(*content);
    if (reader.number() != deltaVersionWithoutHits)
        return std::nullopt;
    const Figures figures = readFigures(reader);
    ByteWriter parts;
    readParts(reader, parts);
    readSets(reader, parts);
    RollupDelta delta{rollupOf(figures, parts), analytics::readCounts(reader, 0)};
    return reader.isGood() && reader.isAtEnd() ? std::optional(std::move(delta)) : std::nullopt;
}

} // namespace prism::store
