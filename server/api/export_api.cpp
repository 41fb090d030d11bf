#include "server/api/export_api.h"

#include "server/api/attachment.h"
#include "server/api/dashboard_reader.h"
#include "server/api/workbook.h"
#include "shared/protocol/csv_writer.h"
#include "shared/protocol/try.h"

namespace prism::api {

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

Response asJson(const Request& request, const Dashboard& dashboard)
{
    const QJsonObject data{{QLatin1String("period"), protocol::toString(dashboard.period)},
                           {QLatin1String("exportedAt"), protocol::toIso(dashboard.generatedAt)},
                           {QLatin1String("metrics"), toJson(dashboard)}};
    Response response;
    response.body =
        protocol::exportEnvelope(data, protocol::nameOf(formats, Format::Json), request.id, protocol::now());
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

ExportApi::ExportApi(const Numbers& numbers, Routes& routes)
    : m_numbers(numbers)
{
    routes.add("GET", "/api/v1/analytics/export", Role::Viewer, *this, &ExportApi::write,
               {"format", "period", "bom", "at"});
}

Result<Response> ExportApi::write(const Request& request) const
{
    QueryReader query(request);
    const Format format = query.choice(QStringLiteral("format"), formats);
    const Period period = query.period(Period::Week);
    const bool marked = query.flag(QStringLiteral("bom"));
    WindowReading reading(m_numbers, query);
    PRISM_TRY(query.check());
    PRISM_TRY(reading.begin());
    PRISM_TRY_ASSIGN(const Dashboard& dashboard, DashboardReader(reading, period).dashboard());
    if (format == Format::Json)
        return asJson(request, dashboard);
    const QList<analytics::SheetRow> rows = analytics::sheetOf(dashboard);
    if (format == Format::Csv)
        return asFile(dashboard, "text/csv; charset=utf-8",
                      (marked ? protocol::CsvWriter::byteOrderMark() : QByteArray()) + analytics::toCsv(rows),
                      QLatin1String(".csv"));
    PRISM_TRY_ASSIGN(const QByteArray workbook, toWorkbook(rows));
    return asFile(dashboard, workbookType, workbook, QLatin1String(".xlsx"));
}

} // namespace prism::api
