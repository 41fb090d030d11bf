#include "server/api/checks_api.h"

#include "server/api/time_list.h"

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::Check;
using protocol::ErrorCode;
using protocol::Result;

ChecksApi::ChecksApi(const Context& context, http::Router& router)
    : m_context(context)
{
    const QString base = QStringLiteral("/api/v1/gateway/checks");
    router.add(
        {"POST", base, [this](const Request& request, const Reply& reply) { create(request, reply); }, true});
    router.add({"GET", base, [this](const Request& request, const Reply& reply) { list(request, reply); }});
    router.add({"GET", base + QStringLiteral("/{id}"),
                [this](const Request& request, const Reply& reply) { find(request, reply); }});
}

BulkKind<Check> checkKind()
{
    return {[](const QJsonObject& json, protocol::Timestamp now, protocol::Timestamp latest) {
                return protocol::checkFromJson(json, now, latest);
            },
            protocol::event_type::checkCompleted, [](const QByteArray& json) -> QByteArray { return json; },
            [](store::Transaction& transaction, const Check& check) {
                return transaction.checks().insert(check);
            },
            [](store::Transaction& transaction, const QString& id) { return transaction.checks().find(id); }};
}

void ChecksApi::create(const Request& request, const Reply& reply) const
{
    writeBulk(m_context, request, reply, checkKind());
}

void ChecksApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::CheckQuery wanted;
    readTimePage(query, wanted);
    wanted.principle = query.text(QStringLiteral("principle")).value_or(QString());
    wanted.project = query.text(QStringLiteral("project")).value_or(QString());
    wanted.user = query.text(QStringLiteral("user")).value_or(QString());
    if (const auto status = query.text(QStringLiteral("status"))) {
        wanted.status = protocol::checkStatusFromString(*status);
        if (!wanted.status)
            query.refuse(ErrorCode::Validation, QStringLiteral("status"),
                         QStringLiteral("must be one of PASS, WARNING, BLOCKED"));
    }
    if (const auto error = query.error())
        return reply(failure(request.id, *error));

    const store::Snapshot snapshot(m_context.database);
    const Result<store::CheckPage> page = store::CheckTable(m_context.database).list(wanted);
    if (!page)
        return reply(failure(request.id, page.error()));
    reply(timeList(request, page->checks, wanted, page->next));
}

void ChecksApi::find(const Request& request, const Reply& reply) const
{
    const store::Snapshot snapshot(m_context.database);
    const Result<Check> check = store::CheckTable(m_context.database).find(request.captures.first());
    reply(check ? encodedSuccess(request.id, encode(*check), 200) : failure(request.id, check.error()));
}

} // namespace prism::api
