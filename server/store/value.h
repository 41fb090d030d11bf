#pragma once

#include <QByteArray>
#include <QLatin1String>
#include <QString>

#include <concepts>
#include <optional>

namespace prism::store {

/// A value on its way into a statement: nothing, a number, text or bytes. Texts are UTF-8, as they are
/// stored.
class Value
{
public:
    enum class Kind { Null, Integer, Real, Text, Blob };

    Value(std::nullptr_t)
        : m_kind(Kind::Null)
    {
    }

    template <std::integral T>
    Value(T integer)
        : m_kind(Kind::Integer)
        , m_integer(qint64(integer))
    {
    }

    Value(double real)
        : m_kind(Kind::Real)
        , m_real(real)
    {
    }

    /// A null text is stored as an empty one.
    Value(const QString& text)
        : m_kind(Kind::Text)
        , m_bytes(text.toUtf8())
    {
    }

    /// Borrows the name, which is a constant.
    Value(QLatin1String name)
        : m_kind(Kind::Text)
        , m_bytes(QByteArray::fromRawData(name.data(), name.size()))
    {
    }

    Value(const QByteArray& blob)
        : m_kind(Kind::Blob)
        , m_bytes(blob)
    {
    }

    template <typename T>
    Value(const std::optional<T>& value)
        : Value(value ? Value(*value) : Value(nullptr))
    {
    }

    /// Text that is UTF-8 already.
    static Value utf8(const QByteArray& text)
    {
        Value value(text);
        value.m_kind = Kind::Text;
        return value;
    }

    Kind kind() const { return m_kind; }
    qint64 integer() const { return m_integer; }
    double real() const { return m_real; }
    const QByteArray& bytes() const { return m_bytes; }

private:
    Kind m_kind;
    union {
        qint64 m_integer = 0;
        double m_real;
    };
    QByteArray m_bytes;
};

} // namespace prism::store
