#include "server/http/request.h"

namespace prism::http {

std::optional<QString> Request::parameter(const QString& name) const
{
    if (!query.hasQueryItem(name))
        return std::nullopt;
    QByteArray value = query.queryItemValue(name, QUrl::FullyEncoded).toUtf8();
    value.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(value));
}

} // namespace prism::http
