#pragma once

#include "client/net/audit.h"
#include "client/net/http_client.h"
#include "client/net/pairing_answers.h"
#include "client/net/questions.h"
#include "client/net/self.h"
#include "client/net/token_answers.h"
#include "shared/protocol/check.h"
#include "shared/protocol/dashboard.h"
#include "shared/protocol/event_page.h"
#include "shared/protocol/forecast.h"
#include "shared/protocol/record_result.h"
#include "shared/protocol/retro.h"
#include "shared/protocol/settings.h"

namespace prism::net {

/// Called with an answer. Its error is Unavailable when there was no connection (after a write it is not
/// known then whether it was done); NotJson, with the fields that are wrong, when the answer was not
/// understood; else what the server refused, in its words.
template <typename T>
using Then = std::function<void(const protocol::Result<T>&)>;

/// What one server can be asked and told: a call for each endpoint, and the only place that knows addresses
/// and the JSON behind them. The answer comes later, and only to who keeps the call. Lives on the GUI thread.
class Api : public QObject
{
    Q_OBJECT

public:
    /// `server` is scheme, host and port.
    Api(const QUrl& server, const Options& options, QObject* parent = nullptr);

    QUrl server() const { return m_http.server(); }

    Credentials& credentials() { return m_http.credentials(); }
    Trust& trust() { return m_http.trust(); }

    /// As HttpClient's.
    std::optional<Hindrance> hindrance() const { return m_http.hindrance(); }

    // With the ETag of an earlier answer to the same question, or an empty one.
    [[nodiscard]] Call dashboard(const DashboardQuestion& question, const QByteArray& etag,
                                 const Then<Fresh<protocol::Dashboard>>& then);
    [[nodiscard]] Call trend(const TrendQuestion& question, const QByteArray& etag,
                             const Then<Fresh<protocol::TrendReport>>& then);
    [[nodiscard]] Call forecast(const ForecastQuestion& question, const QByteArray& etag,
                                const Then<Fresh<protocol::ForecastReport>>& then);
    [[nodiscard]] Call checks(const HistoryQuestion& question, const QByteArray& etag,
                              const Then<Fresh<QList<protocol::Check>>>& then);
    [[nodiscard]] Call retros(const HistoryQuestion& question, const QByteArray& etag,
                              const Then<Fresh<QList<protocol::Retro>>>& then);
    [[nodiscard]] Call records(const RecordsQuestion& query, const QByteArray& etag,
                               const Then<Fresh<RecordPage>>& then);

    [[nodiscard]] Call record(const QString& id, const Then<protocol::Record>& then);
    [[nodiscard]] Call recordResult(const QString& id, const Then<protocol::RecordResult>& then);

    /// The events behind `since`, `limit` (1 to 1,000) at most. Without an epoch `since` is a place in the
    /// log that there is now.
    [[nodiscard]] Call events(const protocol::Position& since, int limit,
                              const Then<protocol::EventPage>& then);
    [[nodiscard]] Call settings(const Then<ServerSettings>& then);

    /// Whom the server takes this client for. NotFound: it is older than tokens.
    [[nodiscard]] Call self(const Then<Self>& then);

    /// Asks to be let in without a token; `name` is for whoever does. NotFound: it is older than that. Quota:
    /// too many wait.
    [[nodiscard]] Call beginPairing(const QString& name, const Then<BegunPairing>& then);
    /// The token is told once; it is empty while nobody has let this dashboard in. NotFound: it waits no
    /// more.
    [[nodiscard]] Call collectPairing(const BegunPairing& pairing, const Then<QByteArray>& then);

    // What admins do.
    [[nodiscard]] Call tokens(const Then<QList<TokenEntry>>& then);
    [[nodiscard]] Call createToken(const TokenDraft& draft, const Then<MadeToken>& then);
    /// The secret of before is good for so many hours yet.
    [[nodiscard]] Call rotateToken(const QString& id, int overlapHours, const Then<MadeToken>& then);
    [[nodiscard]] Call revokeToken(const QString& id, const Then<void>& then);
    [[nodiscard]] Call pairings(const Then<QList<WaitingPairing>>& then);
    [[nodiscard]] Call approvePairing(const PairingApproval& approval, const Then<ApprovedPairing>& then);
    [[nodiscard]] Call audit(const AuditQuestion& question, const Then<AuditPage>& then);
    /// As many lines as the server sends at once; the limit does not count.
    [[nodiscard]] Call auditLines(const AuditQuestion& question, const Then<AuditLines>& then);

    // Writes. `key` names one write: whoever tries it again takes the same one, and it counts once.
    static QByteArray newKey() { return Write::newKey(); }
    [[nodiscard]] Call createRecord(const protocol::RecordDraft& draft, const QByteArray& key,
                                    const Then<protocol::Record>& then);
    /// Of `seen`, the version that must still hold.
    [[nodiscard]] Call updateRecord(const protocol::Record& seen, const protocol::RecordPatch& patch,
                                    const QByteArray& key, const Then<protocol::Record>& then);
    [[nodiscard]] Call removeRecord(const protocol::Record& seen, const Then<void>& then);
    /// Sends what differs; the mutes do not count.
    [[nodiscard]] Call changeSettings(const protocol::Settings& before, const protocol::Settings& after,
                                      const Then<ServerSettings>& then);
    [[nodiscard]] Call unmute(protocol::AlertKind kind, const Then<void>& then);
    /// `by` may be empty.
    [[nodiscard]] Call acknowledge(const QString& alertId, const QString& by,
                                   const Then<protocol::Alert>& then);
    /// `violation` counts from 0, in the order of the check.
    [[nodiscard]] Call markViolation(const QString& checkId, int violation,
                                     const protocol::ViolationMark& mark, const Then<protocol::Check>& then);

    /// What an event of type settingsUpdated tells.
    static protocol::Result<ServerSettings> settingsIn(const protocol::Event& event);

signals:
    void hindranceChanged();

private:
    HttpClient m_http;
};

} // namespace prism::net
