#include "server/api/export_api.h"

#include "server/api/attachment.h"
#include "server/api/dashboard_reader.h"
#include "server/api/workbook.h"
#include "shared/protocol/csv_writer.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Dashboard;
using protocol::Period;
using protocol::Result;
using protocol::Role;

namespace {

enum class Format { Json, Csv, Excel };
constexpr std::array<protocol::Name<Format>, 3> formats{
    {{Format::Json, "json"}, {Format::Csv, "csv"}, {Format::Excel, "excel"}}};

const char workbookType[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Response asJson(const QString& requestId, const Dashboard& dashboard)
{
    const QJsonObject data{{QLatin1String("period"), protocol::toString(dashboard.period)},
                           {QLatin1String("exportedAt"), protocol::toIso(dashboard.generatedAt)},
                           {QLatin1String("metrics"), toJson(dashboard)}};
    Response response;
    response.body =
        protocol::exportEnvelope(data, protocol::nameOf(formats, Format::Json), requestId, protocol::now());
    return response;
}

Response asFile(const Dashboard& dashboard, const QByteArray& type, const QByteArray& content,
                QLatin1String suffix)
{
    const QString time =
        protocol::toDateTime(dashboard.generatedAt).toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    Response response{200, type, content};
    response.addHeader(
        "Content-Disposition",
        attachment(
            QStringLiteral("analytics-%1-%2%3").arg(protocol::toString(dashboard.period), time, suffix)));
    return response;
}

} // namespace

ExportApi::ExportApi(const Reads& reads, qsizetype mostProjects, Routes& routes)
    : m_reads(reads)
    , m_mostProjects(mostProjects)
{
    routes.add("GET", "/api/v1/analytics/export", http::orLimited(Role::Viewer), *this, &ExportApi::write,
               {"format", "period", "bom", "at", "project", "ticket"});
}

Result<void> ExportApi::write(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const Format format = query.choice(QStringLiteral("format"), formats);
    const Period period = query.period(Period::Week);
    const bool marked = query.flag(QStringLiteral("bom"));
    const Moment moment = Moment::of(query);
    const QStringList projects = query.projects(m_mostProjects);
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, Effort::Open,
        [format, period, marked, moment, projects,
         id = request.id](const Reading& reader) -> Result<Response> {
            WindowReading reading(reader.numbers, moment, projects);
            PRISM_TRY(reading.begin());
            PRISM_TRY_ASSIGN(const Dashboard& dashboard, DashboardReader(reading, period).dashboard());
            if (format == Format::Json)
                return asJson(id, dashboard);
            const QList<analytics::SheetRow> rows = analytics::sheetOf(dashboard);
            if (format == Format::Csv)
                return asFile(dashboard, "text/csv; charset=utf-8",
                              (marked ? protocol::CsvWriter::byteOrderMark() : QByteArray()) +
                                  analytics::toCsv(rows),
                              QLatin1String(".csv"));
            PRISM_TRY_ASSIGN(const QByteArray workbook, toWorkbook(rows));
            return asFile(dashboard, workbookType, workbook, QLatin1String(".xlsx"));
        });
}

} // namespace prism::api
