#pragma once

#include "shared/protocol/timestamp.h"

#include <QString>
#include <QtGlobal>

namespace prism::log {

enum class Format { Text, Json };

/// What somebody had to say.
struct Entry
{
    QtMsgType type = QtInfoMsg;
    QByteArray category;
    QString message;
    protocol::Timestamp at;
};

} // namespace prism::log
