#pragma once

#include "client/ui/window/page.h"
#include "shared/protocol/period.h"

#include <QByteArray>

#include <optional>

namespace prism::desktop {

/// What somebody who starts the program once more wants to see in the window that is open.
struct Activation
{
    /// Of a message, in bytes.
    static constexpr int longest = 256;

    std::optional<protocol::Period> period; ///< nothing: as it is
    std::optional<ui::Page> page;           ///< nothing: as it is

    bool operator==(const Activation&) const = default;

    /// One line.
    QByteArray toMessage() const;
    /// Nothing when it is not such a line. A period or page that this version does not know is left out.
    static std::optional<Activation> fromMessage(const QByteArray& message);
};

} // namespace prism::desktop
