#include "server/analytics/sealed_bytes.h"

#include "server/analytics/stable_hash.h"

namespace prism::analytics {

namespace {

constexpr qsizetype sealSize = 8;

} // namespace

void seal(ByteWriter& writer, quint64 context)
{
    const quint64 hash = stableHash(writer.bytes()) ^ context;
    writer.words(&hash, 1);
}

std::optional<QByteArrayView> unseal(QByteArrayView bytes, quint64 context)
{
    if (bytes.size() < sealSize)
        return std::nullopt;
    const QByteArrayView content = bytes.chopped(sealSize);
    quint64 hash = 0;
    ByteReader(bytes.last(sealSize)).words(&hash, 1);
    return hash == (stableHash(content) ^ context) ? std::optional(content) : std::nullopt;
}

} // namespace prism::analytics
