#pragma once

#include "server/store/tables/hook.h"

#include <algorithm>
#include <memory>
#include <mutex>

namespace prism::store {

/// The hooks that there are now. Read from any thread; published on the writer's, in the order of the
/// commits.
class HookBook
{
public:
    explicit HookBook(std::vector<Hook> hooks)
        : m_hooks(std::make_shared<const std::vector<Hook>>(std::move(hooks)))
    {
    }

    std::optional<Hook> find(const QString& id) const
    {
        const auto hooks = current();
        const auto found = std::ranges::find(*hooks, id, &Hook::id);
        return found == hooks->end() ? std::nullopt : std::optional(*found);
    }

    void publish(std::vector<Hook> hooks)
    {
        auto next = std::make_shared<const std::vector<Hook>>(std::move(hooks));
        const std::lock_guard lock(m_mutex);
        m_hooks = std::move(next);
    }

private:
    std::shared_ptr<const std::vector<Hook>> current() const
    {
        const std::lock_guard lock(m_mutex);
        return m_hooks;
    }

    mutable std::mutex m_mutex;
    std::shared_ptr<const std::vector<Hook>> m_hooks;
};

} // namespace prism::store
