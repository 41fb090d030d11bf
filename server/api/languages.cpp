#include "server/api/languages.h"

#include <algorithm>
#include <vector>

namespace prism::api {

QStringList preferredLanguages(const QByteArray& header)
{
    constexpr qsizetype mostLanguages = 20;
    struct Wish
    {
        QString language;
        double weight;
    };
    std::vector<Wish> wishes;
    const QList<QByteArray> ranges = header.split(',').mid(0, mostLanguages);
    for (const QByteArray& range : ranges) {
        const QList<QByteArray> parts = range.split(';');
        double weight = 1;
        for (const QByteArray& parameter : parts.mid(1)) {
            const QByteArray trimmed = parameter.trimmed();
            if (trimmed.startsWith("q="))
                weight = trimmed.mid(2).toDouble();
        }
        const QByteArray language = parts.first().trimmed();
        if (!language.isEmpty() && language != "*" && weight > 0)
            wishes.push_back({QString::fromLatin1(language), weight});
    }
    std::stable_sort(wishes.begin(), wishes.end(),
                     [](const Wish& a, const Wish& b) { return a.weight > b.weight; });
    QStringList languages;
    for (const Wish& wish : wishes)
        languages.append(wish.language);
    return languages;
}

} // namespace prism::api
