#include "server/analytics/rollup_delta.h"

#include "server/analytics/sealed_bytes.h"

namespace prism::analytics {

namespace {

constexpr quint64 deltaVersion = 2;

} // namespace

void RollupDelta::merge(const RollupDelta& other)
{
    rollup.merge(other.rollup);
    principles = sumOf(principles, other.principles);
}

QByteArray RollupDelta::encode() const
{
    ByteWriter writer;
    writer.number(deltaVersion);
    rollup.all().figures.write(writer);
    rollup.write(writer);
    writeCounts(writer, principles, 0);
    seal(writer, deltaVersion);
    return writer.bytes();
}

std::optional<RollupDelta> RollupDelta::decode(QByteArrayView bytes)
{
    const auto content = unseal(bytes, deltaVersion);
    if (!content)
        return std::nullopt;
    ByteReader reader(*content);
    if (reader.number() != deltaVersion)
        return std::nullopt;
    const Figures figures = Figures::read(reader);
    RollupDelta delta{Rollup::read(figures, reader), readCounts(reader, 0)};
    return reader.isGood() && reader.isAtEnd() ? std::optional(std::move(delta)) : std::nullopt;
}

} // namespace prism::analytics
