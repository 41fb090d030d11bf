#pragma once

#include "shared/protocol/position.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace prism::realtime {

/// An event ready to be sent: encoded once, written to every session as it is.
struct Frame
{
    protocol::Seq seq = 0;
    QString type;
    QString project;  ///< empty when the event belongs to none
    QByteArray bytes; ///< a whole unmasked WebSocket text frame
};

using FramePtr = std::shared_ptr<const Frame>;

/// Wraps UTF-8 text into one unmasked WebSocket text frame (RFC 6455, section 5.2).
QByteArray textFrame(const QByteArray& text);

} // namespace prism::realtime
