#include "server/http/weighted_list.h"

#include <QList>

#include <algorithm>
#include <optional>

namespace prism::http {

namespace {

/// "0" to "1" with up to three digits behind the point, in thousandths.
std::optional<int> weightOf(QByteArray text)
{
    constexpr qsizetype longest = 5;
    constexpr int all = 1000;
    const bool isBegun = text.startsWith('0') || text.startsWith('1');
    if (!isBegun || text.size() > longest || (text.size() > 1 && text[1] != '.'))
        return std::nullopt;
    text.remove(1, 1);
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const int weight = text.leftJustified(4, '0').toInt();
    return weight <= all ? std::optional(weight) : std::nullopt;
}

std::optional<Weighted> memberOf(const QByteArray& text)
{
    const QList<QByteArray> parts = text.split(';');
    Weighted member{parts.first().trimmed()};
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const QByteArray parameter = parts[i].trimmed();
        if (!parameter.startsWith("q=") && !parameter.startsWith("Q="))
            continue;
        const std::optional<int> weight = weightOf(parameter.sliced(2));
        if (!weight)
            return std::nullopt;
        member.weight = *weight;
    }
    return member.value.isEmpty() ? std::nullopt : std::optional(member);
}

} // namespace

std::vector<Weighted> weightedList(const QByteArray& field)
{
    constexpr std::size_t most = 100;
    std::vector<Weighted> members;
    const QList<QByteArray> texts = field.split(',');
    for (const QByteArray& text : texts) {
        if (members.size() == most)
            break;
        if (std::optional<Weighted> member = memberOf(text))
            members.push_back(std::move(*member));
    }
    return members;
}

} // namespace prism::http
