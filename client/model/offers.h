#pragma once

#include "shared/protocol/role.h"

namespace prism::model {

/// What the window offers, as far as not everybody may do it.
enum class Offer {
    Read,
    WriteRecords,
    MarkViolations,
    AcknowledgeAlerts,
    UnmuteAlerts,
    ChangeSettings,
    Administer
};

/// What somebody has to be to be offered it: what the server asks for.
constexpr protocol::Role roleFor(Offer offer)
{
    switch (offer) {
    case Offer::Read:
        return protocol::Role::Viewer;
    case Offer::WriteRecords:
    case Offer::MarkViolations:
    case Offer::AcknowledgeAlerts:
    case Offer::UnmuteAlerts:
        return protocol::Role::Editor;
    case Offer::ChangeSettings:
    case Offer::Administer:
        break;
    }
    return protocol::Role::Admin;
}

/// Whether it is of projects, so that who is limited to some is offered it as well: what the server lets
/// them.
constexpr bool isOfProjects(Offer offer)
{
    return offer == Offer::Read || offer == Offer::MarkViolations || offer == Offer::AcknowledgeAlerts;
}

} // namespace prism::model
