#pragma once

#include "shared/protocol/names.h"

namespace prism::protocol {

/// What somebody must be to ask for something. A viewer reads, a reporter writes checks and retrospectives
/// and has intents judged; an editor may do what either may, and write records, mark, acknowledge and mute;
/// an admin may do everything. Somebody stands for whoever is any of them, Anyone for a caller of whom
/// nothing is known.
enum class Role { Anyone, Somebody, Reporter, Viewer, Editor, Admin };

/// Those that somebody can be given, by their wire names.
constexpr std::array<Name<Role>, 4> roleNames{{{Role::Reporter, "reporter"},
                                               {Role::Viewer, "viewer"},
                                               {Role::Editor, "editor"},
                                               {Role::Admin, "admin"}}};

/// Whether who is the one may do what asks for the other.
constexpr bool mayAct(Role is, Role asked)
{
    switch (asked) {
    case Role::Anyone:
        return true;
    case Role::Somebody:
        return is != Role::Anyone;
    case Role::Reporter:
    case Role::Viewer:
        return is == asked || is == Role::Editor || is == Role::Admin;
    case Role::Editor:
        return is == Role::Editor || is == Role::Admin;
    case Role::Admin:
        break;
    }
    return is == Role::Admin;
}

} // namespace prism::protocol
