#include "server/store/sqlite/log_check.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <unistd.h>
#include <vector>

namespace prism::store::sqlite {

namespace {

constexpr std::size_t logHeaderSize = 32;
constexpr std::size_t pageHeaderSize = 24;
constexpr std::size_t saltAt = 16;    ///< in the log's header
constexpr std::size_t pageSaltAt = 8; ///< in a page's
constexpr std::size_t pageSumAt = 16; ///< in a page's
constexpr std::size_t indexHeaderSize = 48;

template <std::size_t size>
bool readAt(int descriptor, std::array<char, size>& bytes, qint64 offset)
{
    return ::pread(descriptor, bytes.data(), size, offset) == ssize_t(size);
}

quint32 nativeAt(const char* bytes)
{
    quint32 number = 0;
    std::memcpy(&number, bytes, sizeof number);
    return number;
}

qint64 offsetOf(quint32 page, quint32 pageSize)
{
    return qint64(logHeaderSize) + qint64(page) * qint64(pageHeaderSize + pageSize);
}

/// SQLite's own sum, over words of 4 bytes in the order that the log's first word names.
class Sum
{
public:
    explicit Sum(bool bigEndian)
        : m_bigEndian(bigEndian)
    {
    }

    void add(const char* bytes, std::size_t size)
    {
        for (std::size_t at = 0; at + 8 <= size; at += 8) {
            m_sum[0] += word(bytes + at) + m_sum[1];
            m_sum[1] += word(bytes + at + 4) + m_sum[0];
        }
    }

    /// As it is written down: big-endian.
    bool is(const char* bytes) const
    {
        return qFromBigEndian<quint32>(bytes) == m_sum[0] && qFromBigEndian<quint32>(bytes + 4) == m_sum[1];
    }

private:
    quint32 word(const char* bytes) const
    {
        return m_bigEndian ? qFromBigEndian<quint32>(bytes) : qFromLittleEndian<quint32>(bytes);
    }

    const bool m_bigEndian;
    std::array<quint32, 2> m_sum{};
};

} // namespace

std::optional<LogIndex> LogIndex::read(int descriptor)
{
    std::array<char, 2 * indexHeaderSize + 40> bytes{};
    if (!readAt(descriptor, bytes, 0) ||
        std::memcmp(bytes.data(), bytes.data() + indexHeaderSize, indexHeaderSize) != 0)
        return std::nullopt;
    LogIndex index;
    quint16 pageSize = 0;
    std::memcpy(&pageSize, &bytes[14], sizeof pageSize);
    index.pageSize = pageSize == 1 ? 65536 : pageSize;
    index.frames = nativeAt(&bytes[16]);
    index.sum = {nativeAt(&bytes[24]), nativeAt(&bytes[28])};
    std::memcpy(index.salt.data(), &bytes[32], index.salt.size());
    index.broughtIn = nativeAt(&bytes[96]);
    index.attempted = nativeAt(&bytes[128]);
    return index;
}

bool logEndsAs(int log, const LogIndex& index)
{
    if (index.frames == 0)
        return true;
    std::array<char, logHeaderSize> header{};
    std::array<char, pageHeaderSize> page{};
    if (!readAt(log, header, 0) || !readAt(log, page, offsetOf(index.frames - 1, index.pageSize)))
        return false;
    return std::equal(index.salt.begin(), index.salt.end(), &header[saltAt]) &&
           std::equal(index.salt.begin(), index.salt.end(), &page[pageSaltAt]) &&
           qFromBigEndian<quint32>(&page[pageSumAt]) == index.sum[0] &&
           qFromBigEndian<quint32>(&page[pageSumAt + 4]) == index.sum[1];
}

quint32 wholePagesOf(int log, quint32 most)
{
    std::array<char, logHeaderSize> header{};
    if (!readAt(log, header, 0))
        return 0;
    Sum sum((qFromBigEndian<quint32>(header.data()) & 1) != 0);
    constexpr std::size_t summed = 24;
    sum.add(header.data(), summed);
    const quint32 pageSize = qFromBigEndian<quint32>(&header[8]);
    constexpr quint32 largestPage = 65536;
    if (!sum.is(&header[summed]) || pageSize == 0 || pageSize > largestPage)
        return 0;
    std::vector<char> page(pageHeaderSize + pageSize);
    quint32 whole = 0;
    for (; whole < most; ++whole) {
        if (::pread(log, page.data(), page.size(), offsetOf(whole, pageSize)) != ssize_t(page.size()))
            break;
        sum.add(page.data(), 8);
        sum.add(page.data() + pageHeaderSize, pageSize);
        if (std::memcmp(&page[pageSaltAt], &header[saltAt], 8) != 0 || !sum.is(&page[pageSumAt]))
            break;
    }
    return whole;
}

bool isForeignLog(int log, const LogIndex& index)
{
    std::array<char, logHeaderSize> header{};
    return readAt(log, header, 0) && qFromBigEndian<quint32>(header.data()) >> 1 == 0x377f0682U >> 1 &&
           !std::equal(index.salt.begin(), index.salt.end(), &header[saltAt]);
}

} // namespace prism::store::sqlite
