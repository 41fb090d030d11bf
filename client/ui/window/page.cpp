#include "client/ui/window/page.h"

#include <algorithm>

namespace prism::ui {

QString toString(Page page)
{
    switch (page) {
    case Page::Records:
        return QStringLiteral("records");
    case Page::Settings:
        return QStringLiteral("settings");
    case Page::Dashboard:
        break;
    }
    return QStringLiteral("dashboard");
}

std::optional<Page> pageFromString(QStringView text)
{
    const auto* const found =
        std::ranges::find_if(allPages, [&](Page page) { return text == toString(page); });
    return found == allPages.end() ? std::nullopt : std::optional(*found);
}

} // namespace prism::ui
