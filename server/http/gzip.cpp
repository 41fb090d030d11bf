#include "server/http/gzip.h"

#include <QList>

#include <new>
#include <zlib.h>

namespace prism::http {

bool acceptsGzip(const QByteArray& acceptEncoding)
{
    const QList<QByteArray> codings = acceptEncoding.toLower().split(',');
    bool accepts = false;
    for (const QByteArray& coding : codings) {
        const QList<QByteArray> parts = coding.split(';');
        const QByteArray name = parts.first().trimmed();
        if (name != "gzip" && name != "x-gzip" && name != "*")
            continue;
        double weight = 1;
        for (qsizetype i = 1; i < parts.size(); ++i) {
            if (const QByteArray parameter = parts[i].trimmed(); parameter.startsWith("q="))
                weight = parameter.mid(2).toDouble();
        }
        accepts = weight > 0;
        if (name != "*")
            return accepts;
    }
    return accepts;
}

QByteArray gzip(const QByteArray& bytes)
{
    constexpr int gzipFormat = 16; // added to the window's size, see zlib's deflateInit2()
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzipFormat + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK)
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
