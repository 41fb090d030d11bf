#include "server/realtime/session_filter.h"

#include "shared/protocol/event.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::realtime {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;

namespace {

constexpr qsizetype mostEntries = 100;
constexpr qsizetype longestEntry = 100;

protocol::Result<void> checkEntry(const QString& field, const QString& entry, qsizetype count)
{
    const auto refuse = [&](ErrorCode code, const QString& why) {
        return protocol::Result<void>(Failure(
            Error{code, QStringLiteral("The message is not valid."), {field + QStringLiteral(": ") + why}}));
    };
    if (entry.isEmpty())
        return refuse(ErrorCode::FieldMissing, QStringLiteral("is required"));
    if (protocol::charactersIn(entry) > longestEntry)
        return refuse(ErrorCode::TooLong,
                      QStringLiteral("at most %1 characters are allowed").arg(longestEntry));
    if (count >= mostEntries)
        return refuse(ErrorCode::Quota, QStringLiteral("at most %1 at a time are allowed").arg(mostEntries));
    return {};
}

} // namespace

protocol::Result<void> SessionFilter::subscribe(const QString& pattern)
{
    if (m_patterns.contains(pattern))
        return {};
    const QString field = QStringLiteral("event");
    PRISM_TRY(checkEntry(field, pattern, m_patterns.size()));
    if (!protocol::matchesAny(pattern))
        return Failure(
            Error{ErrorCode::NotFound,
                  QStringLiteral("There is no such event."),
                  {field + QStringLiteral(": no type of an event is '%1' or begins so").arg(pattern)}});
    m_subscribed = true;
    m_patterns.append(pattern);
    return {};
}

void SessionFilter::unsubscribe(const QString& pattern)
{
    m_patterns.removeAll(pattern);
}

protocol::Result<void> SessionFilter::join(const QString& room)
{
    if (m_rooms.contains(room))
        return {};
    const protocol::Result<void> valid = checkEntry(QStringLiteral("room"), room, m_rooms.size());
    if (valid)
        m_rooms.insert(room);
    return valid;
}

void SessionFilter::leave(const QString& room)
{
    m_rooms.remove(room);
}

bool SessionFilter::wants(const QString& type, const QString& project) const
{
    namespace event_type = protocol::event_type;
    const bool mayBelong = type == event_type::alert || type == event_type::alertAcknowledged;
    const bool ofProject = type == event_type::checkCompleted || type == event_type::checkUpdated ||
                           type == event_type::gateChanged || type == event_type::retroCreated ||
                           (mayBelong && !project.isEmpty());
    if (ofProject && !m_rooms.isEmpty() && !m_rooms.contains(project))
        return false;
    return !m_subscribed || std::any_of(m_patterns.begin(), m_patterns.end(), [&](const QString& pattern) {
        return protocol::matches(pattern, type);
    });
}

} // namespace prism::realtime
