#pragma once

#include "server/store/read_connection.h"
#include "shared/protocol/gate_state.h"
#include "shared/protocol/settings.h"
#include "shared/protocol/timestamp.h"

namespace prism::store {

/// Reads named texts that belong to the database itself: its epoch, its time zone, and the settings that are
/// changed while the server runs. Lives on its connection's thread.
class SettingsReader
{
public:
    explicit SettingsReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    Result<std::optional<QString>> value(QLatin1String name);

    /// The defaults before the first change.
    Result<protocol::Settings> settings();

    /// From when on the checks themselves are kept; of earlier ones some or all may have been removed, and
    /// their rollups remain. 1970 while none was removed.
    Result<protocol::Timestamp> checksKeptFrom();

    /// Up to which, in the order of names, the gates have been counted anew, while they are not all; an empty
    /// name before the first.
    Result<std::optional<protocol::GateName>> gatesCountedTo();

protected:
    static constexpr QLatin1String settingsName{"settings"};
    static constexpr QLatin1String checksKeptName{"checksKeptFrom"};
    static constexpr QLatin1String gatesCountedName{"gatesCountedTo"};

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
