#pragma once

#include "server/api/refused_sign_ins.h"
#include "server/http/router.h"
#include "server/realtime/settings.h"
#include "server/service/refusals.h"
#include "server/service/tickets.h"
#include "server/store/tables/token_book.h"
#include "shared/protocol/error.h"

namespace prism::api {

/// Who may ask for what: decides by the token that a request brings. Used from any thread; what it borrows
/// outlives it.
class SignIn
{
public:
    /// Without `isOn` everybody may do everything.
    SignIn(store::TokenBook& tokens, service::Tickets& tickets, service::Refusals& refusals, bool isOn)
        : m_tokens(tokens)
        , m_tickets(tickets)
        , m_refusals(refusals)
        , m_isOn(isOn)
    {
    }

    /// Lets whoever may ask for it through, and writes down in the request who it is; or the
    /// answer that there is instead: 401, 403, or 429 for somebody who tried too often. What `takesTicket`
    /// can be asked for by a ticket in the query as well, which is used up by that.
    std::optional<http::Response> refusal(http::Request& head, const http::Audience& asked,
                                          const QByteArray& what, bool takesTicket = false);

    /// Writes down that a request was refused for the host that it asks for, or the page that it comes from.
    void noteStranger(const http::Request& head, const QByteArray& what) const;

    /// Tells whether who was let through by this request is still to be served: as long as they would be let
    /// through again. For any thread; none where nobody has to sign in.
    std::function<bool()> whetherToStay(const http::Request& head) const;

    /// Who is to be served for longer than one answer; the place is not taken yet.
    realtime::Guest guestOf(const http::Request& head) const;

    /// What somebody is answered who waited, and is not to be served any more.
    static http::Response signedOut(const http::Request& request);

private:
    protocol::Result<service::Tickets::Holder> claimOf(const http::Request& head, bool takesTicket) const;
    protocol::Result<store::TokenPtr> tokenOf(const service::Tickets::Holder& claim) const;
    void note(const http::Request& head, const QByteArray& what, const QString& tokenId,
              protocol::ErrorCode code) const;
    http::Response refused(const http::Request& head, const protocol::Error& error);

    store::TokenBook& m_tokens;
    service::Tickets& m_tickets;
    service::Refusals& m_refusals;
    const bool m_isOn;
    RefusedSignIns m_refused;
};

} // namespace prism::api
