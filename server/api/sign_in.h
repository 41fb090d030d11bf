#pragma once

#include "server/api/refused_sign_ins.h"
#include "server/http/request.h"
#include "server/store/tables/token_book.h"
#include "shared/protocol/error.h"

namespace prism::api {

/// Who may ask for what: decides by the token that a request brings. Used from any thread; what it borrows
/// outlives it.
class SignIn
{
public:
    /// Without `isOn` everybody may do everything.
    SignIn(store::TokenBook& tokens, bool isOn)
        : m_tokens(tokens)
        , m_isOn(isOn)
    {
    }

    /// Lets whoever may ask for what takes the role through, and writes down in the request who it is; or the
    /// answer that there is instead: 401, 403, or 429 for somebody who tried too often.
    std::optional<http::Response> refusal(http::Request& head, protocol::Role asked);

    /// Whether who signed in by this token is still to be served. An empty one stands for whoever need not.
    bool mayStay(const QString& token) const;

private:
    protocol::Result<store::TokenPtr> tokenOf(const http::Request& head) const;
    http::Response refused(const http::Request& head, const protocol::Error& error);

    store::TokenBook& m_tokens;
    const bool m_isOn;
    RefusedSignIns m_refused;
};

} // namespace prism::api
