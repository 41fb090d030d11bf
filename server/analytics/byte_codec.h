#pragma once

#include <QByteArray>
#include <QString>

namespace prism::analytics {

/// Puts numbers and texts into bytes, as ByteReader takes them out. Whole numbers take one byte for each 7
/// bits.
class ByteWriter
{
public:
    void number(quint64 value);
    void signedNumber(qint64 value);
    void real(double value);
    void text(const QString& text);
    void raw(const void* data, qsizetype size) { m_bytes.append(static_cast<const char*>(data), size); }

    /// Eight bytes each, lowest first.
    void words(const quint64* values, std::size_t count);

    QByteArray& bytes() { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// Takes out what ByteWriter put in. Once anything is missing or is not what it must be, every further answer
/// is 0 or empty and isGood() is false.
class ByteReader
{
public:
    explicit ByteReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    quint64 number();
    qint64 signedNumber();
    double real();
    QString text();

    /// So many bytes, or none where there are fewer.
    QByteArrayView raw(quint64 size);
    void words(quint64* values, std::size_t count);

    /// A number of entries, each of so many bytes at least: never more than what is left can hold.
    std::size_t count(std::size_t smallestEntry);

    bool isGood() const { return m_good; }
    bool isAtEnd() const { return m_position == m_bytes.size(); }
    void refuse() { m_good = false; }

private:
    QByteArrayView m_bytes;
    qsizetype m_position = 0;
    bool m_good = true;
};

} // namespace prism::analytics
