#pragma once

#include "shared/protocol/timestamp.h"

#include <QDataStream>
#include <QIODevice>

#include <optional>
#include <tuple>

namespace prism::service {

/// How the outcomes of use cases are kept between two times that the same is asked: field by field, in the
/// order that each names its fields in. To be raised when one's fields change: what is kept of the others is
/// then not read any more.
inline constexpr quint8 outcomeFormat = 1;

template <typename Field>
void putField(QDataStream& stream, const Field& field)
{
    stream << field;
}

template <typename Field>
void takeField(QDataStream& stream, Field& field)
{
    stream >> field;
}

inline void putField(QDataStream& stream, const protocol::Timestamp& field)
{
    stream << protocol::toMillis(field);
}

inline void takeField(QDataStream& stream, protocol::Timestamp& field)
{
    qint64 millis = 0;
    stream >> millis;
    field = protocol::fromMillis(millis);
}

inline void putField(QDataStream& stream, const std::optional<qint64>& field)
{
    stream << field.has_value() << field.value_or(0);
}

inline void takeField(QDataStream& stream, std::optional<qint64>& field)
{
    bool isThere = false;
    qint64 value = 0;
    stream >> isThere >> value;
    field = isThere ? std::optional(value) : std::nullopt;
}

template <typename... Fields>
QByteArray packFields(const std::tuple<Fields...>& fields)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << outcomeFormat;
    std::apply([&stream](const auto&... field) { (putField(stream, field), ...); }, fields);
    return bytes;
}

/// False when these are not the bytes of such fields.
template <typename... Fields>
bool unpackFields(const QByteArray& bytes, const std::tuple<Fields...>& fields)
{
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_4);
    quint8 format = 0;
    stream >> format;
    if (format != outcomeFormat)
        return false;
    std::apply([&stream](auto&... field) { (takeField(stream, field), ...); }, fields);
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

} // namespace prism::service
