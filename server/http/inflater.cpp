#include "server/http/inflater.h"

#include <algorithm>
#include <array>
#include <new>
#include <zlib.h>

namespace prism::http {

Inflater::Inflater(qint64 most)
    : m_stream(std::make_unique<z_stream>())
    , m_left(most)
{
    constexpr int gzipFormat = 16; // added to the window's size, see zlib's inflateInit2()
    *m_stream = z_stream{};
    if (inflateInit2(m_stream.get(), gzipFormat + MAX_WBITS) != Z_OK)
        throw std::bad_alloc();
}

Inflater::~Inflater()
{
    inflateEnd(m_stream.get());
}

Inflater::Outcome Inflater::add(QByteArrayView piece, QByteArray& out)
{
    m_stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    m_stream->avail_in = uInt(piece.size());
    while (m_stream->avail_in > 0) {
        if (m_isComplete) {
            inflateReset(m_stream.get()); // another member follows
            m_isComplete = false;
        }
        if (const Outcome outcome = unpackSome(out); outcome != Outcome::Good)
            return outcome;
    }
    return Outcome::Good;
}

/// As far as a piece of the input or a member of the file goes.
Inflater::Outcome Inflater::unpackSome(QByteArray& out)
{
    std::array<char, 16 * 1024> buffer; // NOLINT(*-member-init): inflate fills what is used of it
    do {
        m_stream->next_out = reinterpret_cast<Bytef*>(buffer.data());
        m_stream->avail_out = uInt(buffer.size());
        const int result = inflate(m_stream.get(), Z_NO_FLUSH);
        const qint64 unpacked = qint64(buffer.size()) - m_stream->avail_out;
        m_left -= unpacked;
        if (m_left < 0)
            return Outcome::TooLarge;
        out.append(buffer.data(), unpacked);
        m_isComplete = result == Z_STREAM_END;
        if (m_isComplete)
            return Outcome::Good;
        // Z_BUF_ERROR says that it wants more to read, and is no error.
        if (result != Z_OK && result != Z_BUF_ERROR)
            return Outcome::Damaged;
    } while (m_stream->avail_out == 0);
    return Outcome::Good;
}

} // namespace prism::http
