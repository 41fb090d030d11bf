#include "server/http/preconditions.h"

#include "server/http/http_date.h"

#include <algorithm>

namespace prism::http {

namespace {

QByteArrayView opaque(QByteArrayView tag)
{
    return tag.startsWith("W/") ? tag.sliced(2) : tag;
}

bool isStrong(QByteArrayView tag)
{
    return !tag.isEmpty() && !tag.startsWith("W/");
}

bool isTagCharacter(char c)
{
    return c == 0x21 || (c >= 0x23 && c != 0x7F) || static_cast<unsigned char>(c) >= 0x80;
}

/// The length of the entity tag at the beginning; 0 when there is none.
qsizetype tagLength(QByteArrayView text)
{
    const qsizetype open = text.startsWith("W/") ? 2 : 0;
    if (text.size() <= open || text[open] != '"')
        return 0;
    const qsizetype close = text.indexOf('"', open + 1);
    const auto inner = close < 0 ? QByteArrayView() : text.sliced(open + 1, close - open - 1);
    return close >= 0 && std::all_of(inner.begin(), inner.end(), isTagCharacter) ? close + 1 : 0;
}

std::optional<std::chrono::sys_seconds> dateOf(const Fields& fields, QByteArrayView name)
{
    return fields.contains(name) ? fromHttpDate(fields.value(name)) : std::nullopt;
}

} // namespace

Preconditions::Preconditions(const Fields& fields)
{
    if (!fields.haveConditions())
        return;
    m_match = tagsOf(fields, "if-match");
    m_noneMatch = tagsOf(fields, "if-none-match");
    m_modifiedSince = dateOf(fields, "if-modified-since");
    m_unmodifiedSince = dateOf(fields, "if-unmodified-since");
}

/// What is not a tag matches nothing.
std::optional<Preconditions::Tags> Preconditions::tagsOf(const Fields& fields, QByteArrayView name)
{
    if (!fields.contains(name))
        return std::nullopt;
    const QByteArray field = fields.value(name);
    Tags tags;
    for (QByteArrayView rest = field; !rest.isEmpty();) {
        if (const qsizetype length = tagLength(rest)) {
            tags.tags.append(rest.first(length).toByteArray());
            rest = rest.sliced(length);
        } else if (rest[0] == ',' || rest[0] == ' ' || rest[0] == '\t') {
            rest = rest.sliced(1);
        } else {
            const qsizetype comma = rest.indexOf(',');
            const QByteArrayView other = comma < 0 ? rest : rest.first(comma);
            tags.any = tags.any || other.trimmed() == "*";
            rest = rest.sliced(other.size());
        }
    }
    return tags;
}

Preconditions::Outcome Preconditions::evaluate(const std::optional<Validator>& current, bool isRead) const
{
    const auto isNamed = [&current](const Tags& tags, bool weakly) {
        if (!current || tags.any)
            return current.has_value();
        return std::any_of(tags.tags.begin(), tags.tags.end(), [&](const QByteArray& tag) {
            return weakly ? !current->tag.isEmpty() && opaque(tag) == opaque(current->tag)
                          : isStrong(tag) && tag == current->tag;
        });
    };
    const std::chrono::sys_seconds* modified = current && current->modified ? &*current->modified : nullptr;
    if (m_match && !isNamed(*m_match, false))
        return Outcome::Failed;
    if (!m_match && m_unmodifiedSince && modified && *modified > *m_unmodifiedSince)
        return Outcome::Failed;
    if (m_noneMatch) {
        if (!isNamed(*m_noneMatch, true))
            return Outcome::Hold;
        return isRead ? Outcome::NotModified : Outcome::Failed;
    }
    const bool isKnown = isRead && m_modifiedSince && modified && *modified <= *m_modifiedSince;
    return isKnown ? Outcome::NotModified : Outcome::Hold;
}

} // namespace prism::http
