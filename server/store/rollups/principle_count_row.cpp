#include "server/store/rollups/principle_count_row.h"

#include "server/analytics/sealed_bytes.h"
#include "server/store/rollups/principle_count_reader.h"

namespace prism::store::principle_count_row {

using analytics::PrincipleCounts;

QByteArray encode(qint64 part, const PrincipleCounts& counts)
{
    analytics::ByteWriter writer;
    analytics::writeCounts(writer, counts, part * PrincipleCountReader::numbersARow);
    analytics::seal(writer, quint64(part));
    return writer.bytes();
}

std::optional<PrincipleCounts> decode(qint64 part, QByteArrayView bytes)
{
    const auto content = analytics::unseal(bytes, quint64(part));
    if (!content)
        return std::nullopt;
    analytics::ByteReader reader(*content);
    const qint64 first = part * PrincipleCountReader::numbersARow;
    PrincipleCounts counts = analytics::readCounts(reader, first);
    const bool isInPart =
        counts.empty() || counts.back().principle - first < PrincipleCountReader::numbersARow;
    if (!reader.isGood() || !reader.isAtEnd() || !isInPart)
        return std::nullopt;
    return counts;
}

} // namespace prism::store::principle_count_row
