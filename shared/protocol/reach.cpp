#include "shared/protocol/reach.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/text.h"

#include <algorithm>

namespace prism::protocol {

namespace {

/// Names are stored without white space around them.
constexpr QLatin1String noProject(" ");

Error notWithin(const QString& detail)
{
    return {ErrorCode::NotAllowed,
            QStringLiteral("The token is limited to projects, and this is none of them."),
            {QStringLiteral("project: ") + detail}};
}

} // namespace

Reach::Reach(const QStringList& projects)
    : m_projects(projects)
{
    m_projects.sort();
    m_projects.removeDuplicates();
}

Reach Reach::nothing()
{
    return Reach({QString(noProject)});
}

bool Reach::has(const QString& project) const
{
    return !isLimited() || m_projects.contains(project) || m_projects.contains(composed(project));
}

QStringList Reach::within(const QStringList& asked) const
{
    if (!isLimited())
        return asked;
    if (asked.isEmpty())
        return m_projects;
    QStringList both;
    std::copy_if(asked.begin(), asked.end(), std::back_inserter(both),
                 [this](const QString& project) { return has(project); });
    return both.isEmpty() ? QStringList{QString(noProject)} : both;
}

Result<QString> Reach::placeFor(const QString& named) const
{
    if (has(named))
        return named;
    if (!named.isEmpty())
        return Failure(notWithin(QStringLiteral("is none that the token may write to")));
    if (m_projects.size() == 1)
        return m_projects.first();
    return Failure(notWithin(QStringLiteral("is to be named, as the token has several")));
}

Reach readReach(ObjectReader& reader, qsizetype most)
{
    constexpr QLatin1String field("projects");
    constexpr qsizetype longestName = 100; // as checks have it
    QStringList projects = reader.texts(field, Presence::Optional, most, longestName).value_or(QStringList());
    for (QString& project : projects)
        project = cleaned(project);
    if (reader.has(field) && (projects.isEmpty() || projects.contains(QString())))
        reader.refuse(ErrorCode::FieldMissing, field,
                      QStringLiteral("must name one at least, and each; without it all are meant"));
    return Reach(projects);
}

} // namespace prism::protocol
