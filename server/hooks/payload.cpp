#include "server/hooks/payload.h"

#include "shared/protocol/text.h"

#include <limits>

namespace prism::hooks {

using protocol::ObjectReader;
using protocol::Presence;
using protocol::Timestamp;

QString textIn(ObjectReader& reader, QLatin1String name, qsizetype length, Presence presence)
{
    constexpr qsizetype any = std::numeric_limits<qsizetype>::max();
    const QString text = reader.text(name, presence, any).value_or(QString());
    return protocol::cleaned(protocol::firstCharacters(text, length));
}

std::optional<Timestamp> timeIn(ObjectReader& reader, QLatin1String name)
{
    constexpr qsizetype longest = 100;
    QString text = textIn(reader, name, longest);
    if (text.isEmpty())
        return std::nullopt;
    if (text.endsWith(QLatin1String(" UTC")))
        text = text.chopped(4) + QLatin1Char('Z');
    const auto time = protocol::readIso(text);
    if (!time)
        reader.refuse(protocol::ErrorCode::BadFormat, name, protocol::noTime(time.error()));
    return time ? std::optional(*time) : std::nullopt;
}

void setTimes(Run& run, const std::optional<Timestamp>& begin, const std::optional<Timestamp>& end)
{
    run.hasTime = end.has_value();
    run.check.timestamp = end.value_or(Timestamp());
    run.told = run.check.timestamp;
    if (begin && end)
        run.check.duration = protocol::possibleDuration(double((*end - *begin).count()));
}

Ignored noResult(const QString& state)
{
    return {QStringLiteral("\"%1\" is no result").arg(state)};
}

protocol::Result<void> checkRead(const protocol::Problems& problems)
{
    if (problems.isEmpty())
        return {};
    return protocol::Failure(
        problems.toError(QStringLiteral("The delivery cannot be read; nothing was stored.")));
}

} // namespace prism::hooks
