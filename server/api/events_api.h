#pragma once

#include "server/api/event_pages.h"
#include "server/api/long_polls.h"
#include "server/api/reads.h"
#include "server/api/routes.h"
#include "server/api/sign_in.h"
#include "server/http/handler.h"
#include "server/realtime/sessions.h"

namespace prism::api {

/// /api/v1/events: the log of events, as a list, as a list that waits for something to list, and as a stream.
/// Lives on its worker's thread.
class EventsApi
{
public:
    /// `epoch` is that of the database; both are borrowed, as what follows is.
    EventsApi(store::ReadConnection& database, const Reads& reads, const QString& epoch,
              const realtime::Publisher& publisher, realtime::Sessions& sessions, const SignIn& signIn,
              Routes& routes);

    /// Nothing unless the request wants the events as a stream (Accept: text/event-stream). Then a
    /// session takes the connection, or a position that is none is refused.
    std::optional<http::Verdict> admitStream(const http::Request& head) const;

    /// Whether the request is answered by a stream, or waits for something to be answered with.
    static bool lasts(const http::Request& head);

    /// Where a stream is to begin; its head is left empty.
    static protocol::Result<realtime::StreamRequest> readStreamRequest(const http::Request& head);

    /// Answers whoever waits for events.
    void drain() { m_polls.drain(); }

private:
    protocol::Result<void> list(const http::Request& request, const http::Reply& reply);

    bool waitsAtTheEnd(const EventQuery& query) const;
    protocol::Result<std::shared_ptr<const EncodedPage>> readOn(EventQuery& query, bool final);

    const Reads& m_reads;
    const QString& m_epoch;
    const realtime::Publisher& m_publisher;
    realtime::Sessions& m_sessions;
    const SignIn& m_signIn;
    EventPages m_pages; ///< for those who wait
    LongPolls m_polls;
};

} // namespace prism::api
