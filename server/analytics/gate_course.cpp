#include "server/analytics/gate_course.h"

#include <algorithm>

namespace prism::analytics {

using protocol::CheckStatus;
using protocol::longestStreak;
using protocol::Timestamp;

void drop(std::optional<DroppedChecks>& dropped, Timestamp time, CheckStatus status)
{
    if (!dropped)
        dropped = DroppedChecks{status, time, 0, {}};
    if (dropped->status != status) {
        dropped->status = status;
        dropped->since = time;
        dropped->streak = 0;
    }
    dropped->streak = std::min(dropped->streak + 1, longestStreak);
    if (status == CheckStatus::Pass)
        dropped->lastPass = time;
}

GateCourse GateCourse::of(const CheckPlace& place, CheckStatus status, bool isLive)
{
    return {.status = status,
            .newest = place,
            .first = place,
            .isLive = isLive,
            .lastPass = status == CheckStatus::Pass ? std::optional(place.time) : std::nullopt};
}

bool GateCourse::take(const CheckPlace& place, CheckStatus checkStatus, bool isLiveCheck)
{
    const bool isSame = checkStatus == status;
    const bool isNewest = newest < place;
    if (!isNewest && !isSame && first < place)
        return false;
    const bool isBeforeAll = before && place < *before;
    if (isNewest && !isSame) {
        before = newest;
        first = place;
        status = checkStatus;
        streak = 1;
        isLive = isLiveCheck;
    } else if (isSame && !isBeforeAll) {
        first = std::min(first, place);
        streak = std::min(streak + 1, longestStreak);
        isLive = isLive || isLiveCheck;
    } else if (!isBeforeAll) {
        before = place;
    }
    newest = std::max(newest, place);
    if (checkStatus == CheckStatus::Pass)
        lastPass = std::max(lastPass.value_or(place.time), place.time);
    return true;
}

} // namespace prism::analytics
