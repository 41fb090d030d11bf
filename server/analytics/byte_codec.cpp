#include "server/analytics/byte_codec.h"

#include "shared/protocol/utf8.h"

#include <QtEndian>

#include <bit>
#include <cstring>

namespace prism::analytics {

void ByteWriter::number(quint64 value)
{
    while (value >= 0x80) {
        m_bytes.append(char((value & 0x7F) | 0x80));
        value >>= 7;
    }
    m_bytes.append(char(value));
}

/// Zigzag: 0, -1, 1, -2, …
void ByteWriter::signedNumber(qint64 value)
{
    number((quint64(value) << 1) ^ quint64(value >> 63));
}

void ByteWriter::real(double value)
{
    const auto bits = std::bit_cast<quint64>(value);
    words(&bits, 1);
}

void ByteWriter::text(const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    number(quint64(utf8.size()));
    m_bytes.append(utf8);
}

void ByteWriter::words(const quint64* values, std::size_t count)
{
    if (count == 0)
        return; // there may be no array then
    const qsizetype start = m_bytes.size();
    m_bytes.resize(start + qsizetype(count * sizeof(quint64)));
    qToLittleEndian<quint64>(values, qsizetype(count), m_bytes.data() + start);
}

quint64 ByteReader::number()
{
    quint64 value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (m_position >= m_bytes.size())
            break;
        const auto byte = quint8(m_bytes[m_position++]);
        if (shift == 63 && byte > 1)
            break;
        value |= quint64(byte & 0x7F) << shift;
        if (byte < 0x80)
            return m_good ? value : 0;
    }
    m_good = false;
    return 0;
}

qint64 ByteReader::signedNumber()
{
    const quint64 value = number();
    return qint64((value >> 1) ^ (0 - (value & 1)));
}

double ByteReader::real()
{
    quint64 bits = 0;
    words(&bits, 1);
    return std::bit_cast<double>(bits);
}

QString ByteReader::text()
{
    return protocol::textOfUtf8(raw(number()));
}

QByteArrayView ByteReader::raw(quint64 size)
{
    if (!m_good || size > quint64(m_bytes.size() - m_position)) {
        m_good = false;
        return {};
    }
    const QByteArrayView part = m_bytes.sliced(m_position, qsizetype(size));
    m_position += qsizetype(size);
    return part;
}

void ByteReader::words(quint64* values, std::size_t count)
{
    const QByteArrayView part = raw(count * sizeof(quint64));
    if (m_good && count > 0)
        qFromLittleEndian<quint64>(part.data(), qsizetype(count), values);
}

std::size_t ByteReader::count(std::size_t smallestEntry)
{
    const quint64 value = number();
    if (m_good && value <= quint64(m_bytes.size() - m_position) / smallestEntry)
        return std::size_t(value);
    m_good = false;
    return 0;
}

} // namespace prism::analytics
