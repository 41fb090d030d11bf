#include "server/rules/localized_text.h"

#include <algorithm>

namespace prism::rules {

namespace {

QString primary(const QString& language)
{
    return language.section(QLatin1Char('-'), 0, 0);
}

} // namespace

QString LocalizedText::in(const QStringList& preferred) const
{
    for (const QString& language : preferred) {
        if (const Entry* entry = find(language))
            return entry->text;
    }
    if (const Entry* english = find(QStringLiteral("en")))
        return english->text;
    return m_texts.isEmpty() ? QString() : m_texts.first().text;
}

/// The longest beginning of the tag that there is a text for (RFC 4647, section 3.4), else any text in the
/// same language.
const LocalizedText::Entry* LocalizedText::find(const QString& language) const
{
    const auto findBy = [&](const auto& fits) -> const Entry* {
        const auto found = std::find_if(m_texts.begin(), m_texts.end(), fits);
        return found == m_texts.end() ? nullptr : &*found;
    };
    for (QString range = language; !range.isEmpty(); range.truncate(range.lastIndexOf(QLatin1Char('-')))) {
        if (const Entry* exact = findBy(
                [&](const Entry& each) { return each.language.compare(range, Qt::CaseInsensitive) == 0; }))
            return exact;
        if (!range.contains(QLatin1Char('-')))
            break;
    }
    return findBy([&](const Entry& each) {
        return primary(each.language).compare(primary(language), Qt::CaseInsensitive) == 0;
    });
}

} // namespace prism::rules
