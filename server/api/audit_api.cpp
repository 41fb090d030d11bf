#include "server/api/audit_api.h"

#include "server/api/time_list.h"
#include "server/store/tables/audit_reader.h"
#include "shared/protocol/try.h"

#include <QUrlQuery>

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Result;
using protocol::Role;

namespace {

constexpr int mostLines = 10'000;

Result<store::AuditQuery> wantedBy(const Request& request)
{
    constexpr qsizetype longest = 200;
    QueryReader query(request);
    store::AuditQuery wanted;
    readTimePage(query, wanted);
    wanted.tokenId = query.text(QStringLiteral("token"), longest);
    wanted.action = query.text(QStringLiteral("action"), longest);
    wanted.subject = query.text(QStringLiteral("subject"), longest);
    PRISM_TRY(query.check());
    return wanted;
}

/// Where to go on stands in a header, as there is nothing but lines (RFC 8288).
Response ofLines(const Request& request, const store::AuditPage& page)
{
    Response response;
    response.contentType = "application/x-ndjson";
    for (const QByteArray& entry : page.entries)
        response.body += entry + '\n';
    if (page.next) {
        QUrlQuery next(QString::fromUtf8(request.query.encoded()));
        next.removeAllQueryItems(QStringLiteral("cursor"));
        next.removeAllQueryItems(QStringLiteral("ticket")); // it is used up
        next.addQueryItem(QStringLiteral("cursor"), page.next->toText());
        response.addHeader("Link", "<?" + next.toString(QUrl::FullyEncoded).toLatin1() + ">; rel=\"next\"");
    }
    response.addHeader("Cache-Control", "no-store");
    return response;
}

} // namespace

AuditApi::AuditApi(const Reads& reads, Routes& routes)
    : m_reads(reads)
{
    routes.add("GET", "/api/v1/audit", Role::Admin, *this, &AuditApi::list,
               {"limit", "cursor", "from", "to", "token", "action", "subject"});
    routes.add("GET", "/api/v1/audit/export", Role::Admin, *this, &AuditApi::lines,
               {"cursor", "from", "to", "token", "action", "subject", "ticket"});
}

Result<void> AuditApi::list(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const store::AuditQuery wanted, wantedBy(request));
    return m_reads.submit(request, reply, Effort::Open,
                          [wanted, id = request.id](const Reading& reader) -> Result<Response> {
                              store::AuditReader table(reader.numbers.database);
                              PRISM_TRY_ASSIGN(const store::AuditPage& page, table.list(wanted));
                              return timeList(id, page.entries, wanted.limit, page.next);
                          });
}

Result<void> AuditApi::lines(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(store::AuditQuery wanted, wantedBy(request));
    wanted.limit = mostLines;
    return m_reads.submit(request, reply, Effort::Open,
                          [wanted, request](const Reading& reader) -> Result<Response> {
                              store::AuditReader table(reader.numbers.database);
                              PRISM_TRY_ASSIGN(const store::AuditPage& page, table.list(wanted));
                              return ofLines(request, page);
                          });
}

} // namespace prism::api
