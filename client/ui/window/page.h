#pragma once

#include <QString>

#include <array>
#include <optional>

namespace prism::ui {

/// What the window can show, in the order of the navigation.
enum class Page { Dashboard, Records, Settings };

inline constexpr std::array allPages{Page::Dashboard, Page::Records, Page::Settings};

/// "dashboard", "records", "settings": what --page takes.
QString toString(Page page);
std::optional<Page> pageFromString(QStringView text);

} // namespace prism::ui
