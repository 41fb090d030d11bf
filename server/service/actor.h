#pragma once

#include "shared/protocol/reach.h"

#include <QHostAddress>
#include <QString>

namespace prism::service {

/// Who asks for a change. There is no change without one.
struct Actor
{
    enum class Kind {
        LocalPerson, ///< whoever reaches the server while nobody has to sign in
        Operator,    ///< who has its data folder, by a sub-command
        Token,       ///< who signed in
        Gateway,     ///< the server itself
    };

    Kind kind = Kind::LocalPerson;
    QHostAddress peer = {}; ///< where they ask from; null for one who is not connected
    QString token = {};     ///< its id; of who signed in
    QString requestId = {}; ///< of what they ask for
    protocol::Reach reach = {};
};

} // namespace prism::service
