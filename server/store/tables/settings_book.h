#pragma once

#include "shared/protocol/settings.h"

#include <memory>
#include <mutex>

namespace prism::store {

using SettingsPtr = std::shared_ptr<const protocol::Settings>;

/// The settings that hold now. Read from any thread, and what was taken from it stays as it is; published on
/// the writer's thread, in the order of the commits.
class SettingsBook
{
public:
    explicit SettingsBook(const protocol::Settings& settings)
        : m_settings(std::make_shared<const protocol::Settings>(settings))
    {
    }

    SettingsPtr current() const
    {
        const std::lock_guard lock(m_mutex);
        return m_settings;
    }

    void publish(const protocol::Settings& settings)
    {
        auto next = std::make_shared<const protocol::Settings>(settings);
        const std::lock_guard lock(m_mutex);
        m_settings = std::move(next);
    }

private:
    mutable std::mutex m_mutex;
    SettingsPtr m_settings;
};

} // namespace prism::store
