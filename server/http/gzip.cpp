#include "server/http/gzip.h"

#include "server/http/weighted_list.h"

#include <new>
#include <optional>
#include <zlib.h>

namespace prism::http {

AcceptedCodings AcceptedCodings::of(const QByteArray& acceptEncoding)
{
    std::optional<int> gzip;
    std::optional<int> identity;
    std::optional<int> any;
    for (const Weighted& member : weightedList(acceptEncoding.toLower())) {
        if (member.value == "gzip" || member.value == "x-gzip")
            gzip = gzip.value_or(member.weight);
        else if (member.value == "identity")
            identity = identity.value_or(member.weight);
        else if (member.value == "*")
            any = any.value_or(member.weight);
    }
    const int gzipWeight = gzip.value_or(any.value_or(0));
    constexpr int barely = 1; // who does not name identity takes it, but would rather have what is named
    const int identityWeight = identity.value_or(any.value_or(barely));
    return {gzipWeight > 0, identityWeight > 0, gzipWeight > 0 && gzipWeight >= identityWeight};
}

Coding codingOf(const QByteArray& contentEncoding)
{
    const QByteArray name = contentEncoding.trimmed().toLower();
    if (name.isEmpty() || name == "identity")
        return Coding::Identity;
    return name == "gzip" || name == "x-gzip" ? Coding::Gzip : Coding::Unknown;
}

QByteArray gzip(const QByteArray& bytes, Packing packing)
{
    constexpr int gzipFormat = 16; // added to the window's size, see zlib's deflateInit2()
    const int level = packing == Packing::Stored ? Z_NO_COMPRESSION : Z_BEST_SPEED;
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzipFormat + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    QByteArray out(qsizetype(deflateBound(&stream, uLong(bytes.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

} // namespace prism::http
