#include "server/http/request.h"

#include "shared/protocol/utf8.h"

#include <algorithm>

namespace prism::http {

void Fields::add(const QByteArray& lowerCaseName, const QByteArray& value)
{
    const auto known = std::find_if(m_fields.begin(), m_fields.end(),
                                    [&](const auto& field) { return field.first == lowerCaseName; });
    if (known == m_fields.end())
        m_fields.emplaceBack(lowerCaseName, value);
    else
        known->second += ", " + value;
}

QByteArray Fields::value(QByteArrayView lowerCaseName) const
{
    const QByteArray* found = find(lowerCaseName);
    return found ? *found : QByteArray();
}

const QByteArray* Fields::find(QByteArrayView lowerCaseName) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                    [&](const auto& field) { return field.first == lowerCaseName; });
    return found == m_fields.end() ? nullptr : &found->second;
}

namespace {

QString decoded(const QString& value)
{
    QByteArray text = value.toUtf8();
    text.replace('+', ' ');
    return protocol::textOfUtf8(QByteArray::fromPercentEncoding(text));
}

} // namespace

std::optional<QString> Request::parameter(const QString& name) const
{
    if (!query.hasQueryItem(name))
        return std::nullopt;
    return decoded(query.queryItemValue(name, QUrl::FullyEncoded));
}

QStringList Request::parameters(const QString& name) const
{
    QStringList values;
    const QStringList encoded = query.allQueryItemValues(name, QUrl::FullyEncoded);
    for (const QString& value : encoded)
        values.append(decoded(value));
    return values;
}

} // namespace prism::http
