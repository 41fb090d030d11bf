#include "server/http/fields.h"

#include <algorithm>
#include <utility>

namespace prism::http {

void Fields::add(QByteArrayView name, QByteArrayView value)
{
    const Place place{m_text.size(), m_text.size() + name.size(), m_text.size() + name.size() + value.size()};
    m_text.resize(place.end);
    const auto lowerCase = [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; };
    std::transform(name.begin(), name.end(), m_text.data() + place.name, lowerCase);
    std::copy(value.begin(), value.end(), m_text.data() + place.value);
    m_places.append(place);
    m_haveConditions = m_haveConditions || nameAt(place).startsWith("if-");
}

qsizetype Fields::count(QByteArrayView lowerCaseName) const
{
    return std::count_if(m_places.begin(), m_places.end(),
                         [&](const Place& place) { return nameAt(place) == lowerCaseName; });
}

QByteArray Fields::value(QByteArrayView lowerCaseName) const
{
    QByteArray joined;
    bool isFirst = true;
    for (const Place& place : m_places) {
        if (nameAt(place) != lowerCaseName)
            continue;
        if (!std::exchange(isFirst, false))
            joined += ", ";
        joined += QByteArrayView(m_text).sliced(place.value, place.end - place.value);
    }
    return joined;
}

} // namespace prism::http
