#include "server/api/languages.h"

#include "server/http/weighted_list.h"

#include <algorithm>
#include <vector>

namespace prism::api {

QStringList preferredLanguages(const QByteArray& header)
{
    constexpr std::size_t mostLanguages = 20;
    std::vector<http::Weighted> wishes = http::weightedList(header);
    if (wishes.size() > mostLanguages)
        wishes.resize(mostLanguages);
    std::erase_if(wishes, [](const http::Weighted& wish) { return wish.value == "*" || wish.weight == 0; });
    std::stable_sort(wishes.begin(), wishes.end(),
                     [](const http::Weighted& a, const http::Weighted& b) { return a.weight > b.weight; });
    QStringList languages;
    for (const http::Weighted& wish : wishes)
        languages.append(QString::fromLatin1(wish.value));
    return languages;
}

} // namespace prism::api
