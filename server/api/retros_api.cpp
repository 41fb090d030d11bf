#include "server/api/retros_api.h"

#include "server/api/bulk_write.h"
#include "server/api/time_list.h"
#include "server/service/retros.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Route;
using protocol::ErrorCode;
using protocol::Result;
using protocol::Retro;
using protocol::Role;

RetrosApi::RetrosApi(const Context& context, http::Router& router)
    : m_context(context)
    , m_writes(context.writes, context.answersRemembered)
{
    router.add("POST", "/api/v1/retros", Role::Reporter, *this, &RetrosApi::create, Route::Body::Bulk);
    router.add("GET", "/api/v1/retros", Role::Viewer, *this, &RetrosApi::list);
}

void RetrosApi::create(const Request& request, const Reply& reply) const
{
    writeBulk<service::Retros, Retro>(m_writes, m_context.maxJsonDepth, request, reply,
                                      protocol::retroFromJson);
}

void RetrosApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::RetroQuery wanted;
    readTimePage(query, wanted);
    wanted.project = query.text(QStringLiteral("project")).value_or(QString());
    wanted.user = query.text(QStringLiteral("user")).value_or(QString());
    if (const auto type = query.text(QStringLiteral("type"))) {
        wanted.type = protocol::retroTypeFromString(*type);
        if (!wanted.type)
            query.refuse(ErrorCode::Validation, QStringLiteral("type"),
                         QStringLiteral("must be one of quick, standard, deep"));
    }
    if (const auto error = query.error())
        return reply(failure(request.id, *error));

    const Result<store::RetroPage> page = store::RetroTable(m_context.database).list(wanted);
    if (!page)
        return reply(failure(request.id, page.error()));
    reply(timeList(request, page->retros, wanted, page->next));
}

} // namespace prism::api
