#pragma once

#include "server/api/analytics_api.h"
#include "server/api/anomalies_api.h"
#include "server/api/checks_api.h"
#include "server/api/compare_api.h"
#include "server/api/events_api.h"
#include "server/api/export_api.h"
#include "server/api/gate_api.h"
#include "server/api/metrics_api.h"
#include "server/api/principles_api.h"
#include "server/api/records_api.h"
#include "server/api/reports_api.h"
#include "server/api/retros_api.h"
#include "server/api/settings_api.h"
#include "server/api/system_api.h"
#include "server/api/trends_api.h"
#include "server/http/handler.h"

namespace prism::api {

/// Which of the server's ports a request came in by.
enum Port { Main, WebSocketOnly };

/// Everything one worker answers: who may ask, which endpoint answers, and what a refusal looks like. Lives
/// on its worker's thread.
class Api : public http::Handler
{
public:
    /// Takes over the worker's read connection.
    Api(std::unique_ptr<store::Database> database, const Services& services);

    http::Verdict admit(http::Request& head) override;
    void handle(const http::Request& request, http::Reply reply) override;
    http::Response refusal(int status, const QString& reason, const QString& requestId) override;
    http::Headers commonHeaders(const http::Request& head) override;
    void answered(const http::Request& request, int status, std::chrono::nanoseconds duration) override;
    void drain() override;

    /// Every route there is; /ws is not among them.
    const http::Router& router() const { return m_router; }

private:
    http::Verdict admitUpgrade(const http::Request& head) const;
    http::Verdict admitRouted(http::Request& head) const;
    http::Verdict admitUnmatched(const http::Request& head) const;

    const std::unique_ptr<store::Database> m_database;
    store::RollupSource m_numbers;
    http::Router m_router;
    const Context m_context;
    const RecordsApi m_records;
    const ChecksApi m_checks;
    const GateApi m_gate;
    const PrinciplesApi m_principles;
    const RetrosApi m_retros;
    const AnalyticsApi m_analytics;
    const TrendsApi m_trends;
    const CompareApi m_compare;
    const ReportsApi m_reports;
    const ExportApi m_export;
    const AnomaliesApi m_anomalies;
    const SettingsApi m_settings;
    EventsApi m_events;
    const SystemApi m_system;
    const MetricsApi m_metrics;
    telemetry::RequestStats& m_requests;
};

} // namespace prism::api
