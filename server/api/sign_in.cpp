#include "server/api/sign_in.h"

#include "server/api/answers.h"
#include "server/http/address_key.h"
#include "shared/protocol/token_text.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Request;
using http::Response;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using protocol::Role;
using protocol::TokenText;
using service::Tickets;
using store::Token;
using store::TokenPtr;

namespace {

bool isRead(const Request& head)
{
    return head.method == "GET" || head.method == "HEAD";
}

/// What stands behind the scheme, which may be written in any case (RFC 9110, section 11.1).
std::optional<QByteArray> credentials(const QByteArray& field, QByteArrayView scheme)
{
    const qsizetype space = field.indexOf(' ');
    if (space < 0 || QByteArrayView(field).first(space).compare(scheme, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return field.sliced(space).trimmed();
}

/// Machines that know no other way to sign in give a token as the password of anybody, to read.
std::optional<QByteArray> passwordOf(const QByteArray& credentials)
{
    const auto decoded = QByteArray::fromBase64Encoding(credentials, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    const qsizetype colon = decoded.decoded.indexOf(':');
    return colon < 0 ? std::nullopt : std::optional(decoded.decoded.sliced(colon + 1));
}

std::optional<QByteArray> givenToken(const Request& head)
{
    const QByteArray field = head.header("authorization");
    if (const auto bearer = credentials(field, "Bearer"))
        return bearer;
    const auto basic = isRead(head) ? credentials(field, "Basic") : std::nullopt;
    return basic ? passwordOf(*basic) : std::nullopt;
}

bool isGood(const Token& token, const QByteArray& hash, protocol::Timestamp now)
{
    const bool isNow = protocol::areSameHashes(token.hash, hash);
    const bool wasBefore = protocol::areSameHashes(token.previous, hash) && now < token.previousUntil;
    return (isNow || wasBefore) && now < token.expires;
}

Error notSignedIn()
{
    return {
        ErrorCode::NotAuthenticated,
        QStringLiteral("This server asks who you are: send a token."),
        {QStringLiteral("Authorization: must be Bearer and a token; prism-server token create makes one")}};
}

Error ticketNotValid()
{
    return {ErrorCode::TokenInvalid,
            QStringLiteral("The ticket is not valid: it was used, is older than half a minute, or is none.")};
}

Error notValid()
{
    return {ErrorCode::TokenInvalid,
            QStringLiteral("The token is not valid: it is mistyped, revoked or has expired.")};
}

/// 401 names the ways there are to sign in.
Response challenge(const Request& head, const Error& error)
{
    Response response = failure(head.id, error);
    response.addHeader("WWW-Authenticate", error.code == ErrorCode::TokenInvalid
                                               ? "Bearer realm=\"PRISM\", error=\"invalid_token\""
                                               : "Bearer realm=\"PRISM\"");
    if (isRead(head))
        response.addHeader("WWW-Authenticate", "Basic realm=\"PRISM\", charset=\"UTF-8\"");
    return response;
}

Error notAllowed(Role is, Role asked)
{
    return {
        ErrorCode::NotAllowed,
        QStringLiteral("The token's role may not do this."),
        {QStringLiteral("role: is %1, and this asks for %2")
             .arg(protocol::nameOf(protocol::roleNames, is), protocol::nameOf(protocol::roleNames, asked))}};
}

Error notOfProjects()
{
    return {ErrorCode::NotAllowed,
            QStringLiteral("The token is limited to projects, and this is about all of them."),
            {}};
}

std::optional<Error> hindrance(const Token& token, const http::Audience& asked)
{
    if (!protocol::mayAct(token.role, asked.role))
        return notAllowed(token.role, asked.role);
    return token.reach.isLimited() && !asked.admitsLimited ? std::optional(notOfProjects()) : std::nullopt;
}

} // namespace

/// Who somebody says they are, by a token or by the ticket that stands for one.
Result<Tickets::Holder> SignIn::claimOf(const Request& head, bool takesTicket) const
{
    if (head.headers.contains("authorization")) {
        const TokenText text =
            protocol::readToken(givenToken(head).value_or(QByteArray())).value_or(TokenText{});
        return Tickets::Holder{text.id, protocol::hashOfSecret(text.secret)};
    }
    const auto ticket = takesTicket ? head.parameter(QStringLiteral("ticket")) : std::nullopt;
    if (!ticket)
        return Failure(notSignedIn());
    std::optional<Tickets::Holder> holder = m_tickets.take(ticket->toLatin1());
    if (!holder)
        return Failure(ticketNotValid());
    return *std::move(holder);
}

/// As much is done where there is no such token as where there is. Which of the reasons it was is nobody's
/// business who cannot sign in.
Result<TokenPtr> SignIn::tokenOf(const Tickets::Holder& claim) const
{
    const protocol::Timestamp now = protocol::now();
    bool isKnown = false;
    const TokenPtr token = m_tokens.use(claim.token, now, [&](const Token& known) {
        isKnown = true;
        return isGood(known, claim.secretHash, now);
    });
    static const Token none{};
    if (!isKnown)
        (void)isGood(none, claim.secretHash, now);
    return token ? Result<TokenPtr>(token) : Failure(notValid());
}

std::optional<Response> SignIn::refusal(Request& head, const http::Audience& asked, const QByteArray& what,
                                        bool takesTicket)
{
    if (!m_isOn || asked.role == Role::Anyone)
        return std::nullopt;
    const Result<Tickets::Holder> claim = claimOf(head, takesTicket);
    const Result<TokenPtr> token = claim ? tokenOf(*claim) : Failure(claim.error());
    if (!token) {
        note(head, what, QString(), token.error().code);
        return refused(head, token.error());
    }
    if (const auto error = hindrance(**token, asked)) {
        note(head, what, (*token)->id, error->code);
        return failure(head.id, *error);
    }
    head.user = (*token)->id;
    head.userProof = claim->secretHash;
    head.reach = (*token)->reach;
    return std::nullopt;
}

void SignIn::noteStranger(const Request& head, const QByteArray& what) const
{
    note(head, what, QString(), ErrorCode::NotAllowed);
}

/// Without what stood for a name in the path, as somebody may have put a secret there.
void SignIn::note(const Request& head, const QByteArray& what, const QString& tokenId, ErrorCode code) const
{
    m_refusals.note({tokenId, head.peer.toString(), http::addressShareOf(head.peer), code,
                     QString::fromLatin1(head.method + ' ' + what)},
                    protocol::now());
}

/// Who says nothing of themselves has not tried anything.
Response SignIn::refused(const Request& head, const Error& error)
{
    const auto wait = error.code == ErrorCode::TokenInvalid ? m_refused.add(head.peer) : std::nullopt;
    if (wait)
        return failureUntil(
            head.id,
            {ErrorCode::RateLimit,
             QStringLiteral("Too many tokens from this address were not valid. Try again later."),
             {}},
            wait->count());
    return challenge(head, error);
}

Response SignIn::signedOut(const Request& request)
{
    return challenge(request, notValid());
}

realtime::Guest SignIn::guestOf(const Request& head) const
{
    return {nullptr, http::addressShareOf(head.peer), whetherToStay(head), head.reach};
}

std::function<bool()> SignIn::whetherToStay(const Request& head) const
{
    if (!m_isOn)
        return {};
    return [&tokens = m_tokens, id = head.user, hash = head.userProof] {
        const TokenPtr known = tokens.find(id);
        return known && isGood(*known, hash, protocol::now());
    };
}

} // namespace prism::api
