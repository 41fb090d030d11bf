#include "server/http/request.h"

namespace prism::http {

std::optional<QString> Request::parameter(const QString& name) const
{
    if (!query.hasQueryItem(name))
        return std::nullopt;
    QString value = query.queryItemValue(name, QUrl::PrettyDecoded);
    value.replace(QLatin1Char('+'), QLatin1Char(' '));
    return QUrl::fromPercentEncoding(value.toUtf8());
}

} // namespace prism::http
