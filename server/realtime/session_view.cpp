#include "server/realtime/session_view.h"

#include <utility>

namespace prism::realtime {

bool SessionView::look(const std::optional<protocol::View>& view)
{
    std::map<Part, Shown> parts;
    bool isAll = true;
    for (const Part& part : view ? partsOf(*view) : std::vector<Part>()) {
        parts[part].look = m_feed.look(part, m_address);
        isAll = isAll && parts[part].look;
    }
    if (!isAll)
        parts.clear();
    m_parts.swap(parts); // what both have was looked at all the time
    m_waiting = 0;
    return isAll;
}

void SessionView::offer(const UpdatePtr& update)
{
    const auto part = m_parts.find(update->part);
    if (part == m_parts.end() || part->second.contents == update->contents)
        return;
    part->second.contents = update->contents;
    if (!std::exchange(part->second.waiting, update))
        ++m_waiting;
}

UpdatePtr SessionView::take()
{
    for (auto& [part, shown] : m_parts) {
        if (shown.waiting) {
            --m_waiting;
            return std::exchange(shown.waiting, nullptr);
        }
    }
    return nullptr;
}

} // namespace prism::realtime
