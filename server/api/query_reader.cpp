#include "server/api/query_reader.h"

#include "server/http/router.h"
#include "shared/protocol/text.h"

#include <algorithm>

namespace prism::api {

using protocol::ErrorCode;

namespace {

/// Digits alone, with a minus or without, of 64 bits.
std::optional<qint64> wholeNumber(const QString& text)
{
    const bool isNegative = text.startsWith(QLatin1Char('-'));
    const QStringView digits = QStringView(text).sliced(isNegative ? 1 : 0);
    const bool isNumber = !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
    if (!isNumber)
        return std::nullopt;
    bool isWithin = false;
    const qint64 value = text.toLongLong(&isWithin);
    return isWithin ? std::optional(value) : std::nullopt;
}

} // namespace

bool QueryReader::isNamed(const QString& name) const
{
    return m_request.route == nullptr || m_request.route->query.contains(name);
}

std::optional<QString> QueryReader::text(const QString& name) const
{
    const std::optional<QString> given = isNamed(name) ? m_request.parameter(name) : std::nullopt;
    return given ? std::optional(protocol::composed(*given)) : std::nullopt;
}

QString QueryReader::text(const QString& name, qsizetype most)
{
    const QString given = text(name).value_or(QString());
    if (protocol::charactersIn(given) <= most)
        return given;
    refuse(ErrorCode::TooLong, name, QStringLiteral("must have %1 characters at most").arg(most));
    return {};
}

qint64 QueryReader::integer(const QString& name, qint64 fallback, qint64 min, qint64 max)
{
    const std::optional<QString> given = text(name);
    if (!given)
        return fallback;
    const std::optional<qint64> value = wholeNumber(*given);
    if (!value || *value < min) {
        refuse(ErrorCode::Validation, name, QStringLiteral("must be a whole number from %1").arg(min));
        return fallback;
    }
    return std::min(*value, max);
}

std::optional<protocol::Timestamp> QueryReader::timestamp(const QString& name)
{
    const std::optional<QString> given = text(name);
    if (!given)
        return std::nullopt;
    const auto time = protocol::readIso(*given);
    if (time)
        return *time;
    refuse(ErrorCode::BadFormat, name, protocol::noTime(time.error()));
    return std::nullopt;
}

bool QueryReader::flag(const QString& name)
{
    const QString given = text(name).value_or(QStringLiteral("false"));
    if (given != QLatin1String("true") && given != QLatin1String("false"))
        refuse(ErrorCode::Validation, name, QStringLiteral("must be true or false"));
    return given == QLatin1String("true");
}

QStringList QueryReader::texts(const QString& name, qsizetype most)
{
    QStringList texts;
    const QStringList values = isNamed(name) ? m_request.parameters(name) : QStringList();
    for (const QString& value : values) {
        const QStringList entries = value.split(QLatin1Char(','));
        for (const QString& entry : entries) {
            const QString trimmed = protocol::cleaned(entry);
            if (trimmed.isEmpty() || texts.contains(trimmed))
                continue;
            if (texts.size() == most) {
                refuse(ErrorCode::TooLong, name, QStringLiteral("names more than %1").arg(most));
                return texts;
            }
            texts.append(trimmed);
        }
    }
    return texts;
}

QStringList QueryReader::projects(qsizetype most, Empty empty)
{
    constexpr qsizetype longest = 100; // as checks have it
    const QString name = QStringLiteral("project");
    QStringList projects;
    const QStringList values = isNamed(name) ? m_request.parameters(name) : QStringList();
    for (const QString& value : values) {
        const QString project = protocol::cleaned(value);
        if (protocol::charactersIn(project) > longest) {
            refuse(ErrorCode::TooLong, name, QStringLiteral("must have %1 characters at most").arg(longest));
            return {};
        }
        const bool isName = !project.isEmpty() || empty == Empty::IsAName;
        if (isName && !projects.contains(project))
            projects.append(project);
        if (projects.size() > most) {
            refuse(ErrorCode::TooLong, name, QStringLiteral("names more than %1").arg(most));
            return {};
        }
    }
    projects.sort();
    return m_request.reach.within(projects);
}

protocol::Period QueryReader::period(protocol::Period fallback)
{
    return period(QStringLiteral("period"), fallback);
}

protocol::Period QueryReader::period(const QString& name, std::optional<protocol::Period> fallback)
{
    const std::optional<QString> given = text(name);
    if (!given && fallback)
        return *fallback;
    const std::optional<protocol::Period> period = protocol::periodFromString(given.value_or(QString()));
    if (!period)
        refuse(ErrorCode::Validation, name, QStringLiteral("must be one of today, week, month, year, all"));
    return period.value_or(fallback.value_or(protocol::Period::Week));
}

protocol::Result<void> QueryReader::check() const
{
    if (m_problems.isEmpty())
        return {};
    return protocol::Failure(m_problems.toError(QStringLiteral("The query is not valid.")));
}

} // namespace prism::api
