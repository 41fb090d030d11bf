#pragma once

#include <QLatin1String>
#include <QString>

#include <array>
#include <optional>

namespace prism::protocol {

/// One value of an enumeration and its name on the wire.
template <typename E>
struct Name
{
    E value;
    const char* text;
};

template <typename E, std::size_t N>
QLatin1String nameOf(const std::array<Name<E>, N>& names, E value)
{
    for (const Name<E>& name : names) {
        if (name.value == value)
            return QLatin1String(name.text);
    }
    return {};
}

template <typename E, std::size_t N>
std::optional<E> valueOf(const std::array<Name<E>, N>& names, QStringView text)
{
    for (const Name<E>& name : names) {
        if (text == QLatin1String(name.text))
            return name.value;
    }
    return std::nullopt;
}

/// "one of a, b, c", for messages that tell what would have been right.
template <typename E, std::size_t N>
QString choices(const std::array<Name<E>, N>& names)
{
    QString text = QStringLiteral("must be one of ");
    for (std::size_t i = 0; i < N; ++i)
        text += (i == 0 ? QString() : QStringLiteral(", ")) + QString::fromLatin1(names[i].text);
    return text;
}

} // namespace prism::protocol
