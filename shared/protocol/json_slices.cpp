#include "shared/protocol/json_slices.h"

#include "shared/protocol/json_scan.h"
#include "shared/protocol/utf8.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace prism::protocol {

namespace {

qsizetype behindSpace(QByteArrayView json, qsizetype at)
{
    while (at < json.size() && isJsonSpace(json[at]))
        ++at;
    return at;
}

/// Behind the text whose quote is here.
qsizetype behindText(QByteArrayView json, qsizetype at)
{
    for (++at; at < json.size() && json[at] != '"'; ++at) {
        if (json[at] == '\\')
            ++at;
    }
    return std::min(at + 1, json.size());
}

bool opens(char c)
{
    return c == '[' || c == '{';
}

bool closes(char c)
{
    return c == ']' || c == '}';
}

/// Behind the value that begins here.
qsizetype behindValue(QByteArrayView json, qsizetype at)
{
    int depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (depth == 0 && (c == ',' || closes(c) || isJsonSpace(c)))
            return at;
        at = c == '"' ? behindText(json, at) : at + 1;
        depth += opens(c) ? 1 : closes(c) ? -1 : 0;
        if (depth == 0 && (c == '"' || closes(c)))
            return at;
    }
    return at;
}

/// The name that stands between these quotes.
QString nameOf(QByteArrayView quoted)
{
    const QByteArrayView inner = quoted.sliced(1, quoted.size() - 2);
    if (!inner.contains('\\'))
        return textOfUtf8(inner);
    QByteArray list = '[' + quoted.toByteArray() + ']';
    list.replace("\"\xEF\xBB\xBF", "\"\\ufeff"); // which QJsonDocument drops at the beginning of a text
    return QJsonDocument::fromJson(list).array().first().toString();
}

std::optional<QByteArrayView> memberOf(QByteArrayView object, QLatin1String name)
{
    std::optional<QByteArrayView> value;
    qsizetype at = behindSpace(object, 1);
    while (at < object.size() && object[at] == '"') {
        const qsizetype nameEnd = behindText(object, at);
        const bool isWanted = nameOf(object.sliced(at, nameEnd - at)) == name;
        at = behindSpace(object, behindSpace(object, nameEnd) + 1);
        const qsizetype end = behindValue(object, at);
        if (isWanted)
            value = object.sliced(at, end - at);
        at = behindSpace(object, end);
        if (at < object.size() && object[at] == ',')
            at = behindSpace(object, at + 1);
    }
    return value;
}

/// One of the arrays and objects around a place.
struct Level
{
    bool isArray = false;
    bool isAtName = true; ///< a text that comes next is a name
    qsizetype index = 0;
    QString name;
};

QString pathOf(const std::vector<Level>& levels)
{
    QString path;
    for (const Level& level : levels) {
        if (level.isArray)
            path += QStringLiteral("[%1]").arg(level.index);
        else if (!level.name.isEmpty())
            path += (path.isEmpty() ? QString() : QStringLiteral(".")) + level.name;
    }
    return path;
}

/// Goes on behind the token that stands between these places.
void pass(std::vector<Level>& levels, QByteArrayView token)
{
    constexpr qsizetype longestName = 100;
    const char c = token.front();
    if (opens(c)) {
        levels.push_back({c == '[', true, 0, {}});
    } else if (levels.empty()) {
        return;
    } else if (closes(c)) {
        levels.pop_back();
    } else if (c == ',') {
        Level& level = levels.back();
        ++level.index;
        level.isAtName = true;
        level.name.clear();
    } else if (c == '"' && levels.back().isAtName && !levels.back().isArray) {
        levels.back().isAtName = false;
        levels.back().name = nameOf(token).left(longestName);
    }
}

} // namespace

std::optional<QByteArrayView> sliceOf(QByteArrayView json, std::initializer_list<QLatin1String> names)
{
    std::optional<QByteArrayView> slice = json.sliced(behindSpace(json, 0));
    for (const QLatin1String name : names) {
        if (!slice->startsWith('{'))
            return std::nullopt;
        slice = memberOf(*slice, name);
        if (!slice)
            return std::nullopt;
    }
    return slice;
}

std::vector<QByteArrayView> entrySlices(QByteArrayView json)
{
    std::vector<QByteArrayView> entries;
    qsizetype at = behindSpace(json, 0);
    if (at == json.size() || json[at] != '[')
        return entries;
    for (at = behindSpace(json, at + 1); at < json.size() && json[at] != ']';) {
        const qsizetype end = behindValue(json, at);
        entries.push_back(json.sliced(at, end - at));
        at = behindSpace(json, end);
        if (at < json.size() && json[at] == ',')
            at = behindSpace(json, at + 1);
    }
    return entries;
}

QStringList pathsTo(QByteArrayView json, const std::vector<qsizetype>& places)
{
    QStringList paths;
    std::vector<Level> levels;
    auto place = places.begin();
    for (qsizetype at = 0; at < json.size() && place != places.end();) {
        const qsizetype end = json[at] == '"' ? behindText(json, at) : at + 1;
        for (; place != places.end() && *place < end; ++place)
            paths.append(pathOf(levels));
        pass(levels, json.sliced(at, end - at));
        at = end;
    }
    return paths;
}

} // namespace prism::protocol
