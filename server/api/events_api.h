#pragma once

#include "server/api/context.h"
#include "server/api/event_pages.h"
#include "server/api/long_polls.h"
#include "server/http/handler.h"
#include "server/http/router.h"
#include "server/realtime/stream_session.h"

namespace prism::api {

/// /api/v1/events: the log of events, as a list, as a list that waits for something to list, and as a stream.
/// Lives on its worker's thread.
class EventsApi
{
public:
    EventsApi(const Context& context, http::Router& router);

    /// Whether the request wants the events as a stream (Accept: text/event-stream).
    static bool asksForStream(const http::Request& head);

    /// Hands the connection over, or refuses a position that is none.
    http::Verdict judgeStream(const http::Request& head) const;

    /// What judgeStream() let through, as a session takes it.
    static realtime::StreamRequest streamRequest(const http::Request& head, const QByteArray& streamHead);

    /// Answers whoever waits for events.
    void drain() { m_polls.drain(); }

private:
    void list(const http::Request& request, const http::Reply& reply);

    const Context& m_context;
    EventPages m_pages;
    LongPolls m_polls;
};

} // namespace prism::api
