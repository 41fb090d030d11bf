#pragma once

#include "tests/support/server_test.h"

namespace prism::test {

inline const QByteArray checks = "/api/v1/gateway/checks";
inline const QByteArray imported = checks + "?imported=true";

inline QStringList idsOf(const HttpResponse& page)
{
    QStringList ids;
    for (const auto& check : page.data().toArray())
        ids.append(check[QLatin1String("id")].toString());
    return ids;
}

} // namespace prism::test
