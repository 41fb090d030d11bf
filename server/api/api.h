#pragma once

#include "server/api/analytics_api.h"
#include "server/api/anomalies_api.h"
#include "server/api/audit_api.h"
#include "server/api/checks_api.h"
#include "server/api/compare_api.h"
#include "server/api/events_api.h"
#include "server/api/export_api.h"
#include "server/api/false_positives_api.h"
#include "server/api/gate_api.h"
#include "server/api/gates_api.h"
#include "server/api/hooks_api.h"
#include "server/api/metrics_api.h"
#include "server/api/pairings_api.h"
#include "server/api/principles_api.h"
#include "server/api/records_api.h"
#include "server/api/reports_api.h"
#include "server/api/result_files_api.h"
#include "server/api/retros_api.h"
#include "server/api/services.h"
#include "server/api/settings_api.h"
#include "server/api/system_api.h"
#include "server/api/tickets_api.h"
#include "server/api/tokens_api.h"
#include "server/api/trends_api.h"
#include "server/http/handler.h"

namespace prism::api {

/// Which of the server's ports a request came in by; PlainAtTls is any of them where TLS was to be spoken and
/// was not.
enum Port { Main, WebSocketOnly, MetricsOnly, PlainAtTls };

/// Everything one worker answers: who may ask, which endpoint answers, and what a refusal looks like. Lives
/// on its worker's thread.
class Api : public http::Handler
{
public:
    /// Takes over the worker's read connection.
    Api(std::unique_ptr<store::ReadConnection> database, Services services);

    http::Verdict admit(http::Request& head) override;
    void handle(const http::Request& request, http::Reply reply) override;
    http::Response refusal(int status, const QString& reason, const QString& requestId) override;
    http::Headers commonHeaders(const http::Request& head) override;
    void answered(const http::Request& request, int status, std::chrono::nanoseconds duration) override;
    void drain() override;

    /// Every route there is; /ws is not among them.
    const http::Router& router() const { return m_routes; }

private:
    std::optional<http::Response> strangersRefusal(const http::Request& head) const;
    bool takesShare(http::Request& head) const;
    std::optional<http::Response> signIn(http::Request& head, const http::Audience& asked,
                                         const QByteArray& what, bool takesTicket = false) const;
    http::Verdict admitUpgrade(http::Request& head) const;
    http::Verdict admitRouted(http::Request& head) const;
    http::Verdict admitScraper(http::Request& head) const;
    http::Verdict admitUnmatched(http::Request& head) const;
    http::Response optionsOf(const http::Request& request) const;

    const Services m_services;
    const std::unique_ptr<store::ReadConnection> m_database;
    const Reads m_reads;
    const Writes m_writes;
    Routes m_routes;
    RecordsApi m_records;
    ChecksApi m_checks;
    FalsePositivesApi m_falsePositives;
    ResultFilesApi m_resultFiles;
    HooksApi m_hooks;
    GateApi m_gate;
    GatesApi m_gates;
    PrinciplesApi m_principles;
    RetrosApi m_retros;
    AnalyticsApi m_analytics;
    TrendsApi m_trends;
    CompareApi m_compare;
    ReportsApi m_reports;
    ExportApi m_export;
    AnomaliesApi m_anomalies;
    SettingsApi m_settings;
    EventsApi m_events;
    SystemApi m_system;
    TokensApi m_tokens;
    PairingsApi m_pairings;
    TicketsApi m_tickets;
    AuditApi m_audit;
    MetricsApi m_metrics;
    telemetry::RequestStats& m_requests;
};

} // namespace prism::api
