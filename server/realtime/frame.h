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

    /// The event's JSON, which ends the frame.
    QByteArrayView text() const;
};

using FramePtr = std::shared_ptr<const Frame>;

/// Wraps UTF-8 text into one unmasked WebSocket text frame.
QByteArray textFrame(QByteArrayView text);

/// Wraps text without line breaks into one server-sent event (https://html.spec.whatwg.org, section 9.2.6).
/// An empty id gives an event without one.
QByteArray streamEvent(const QByteArray& id, QByteArrayView text);

} // namespace prism::realtime
