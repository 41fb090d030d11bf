#include "tests/faults/crash_trial.h"

#include "tests/faults/writer_fleet.h"
#include "tests/support/rest_client.h"

#include <QTest>

namespace prism::test {

using namespace Qt::StringLiterals;
using protocol::Seq;

namespace {

constexpr int patienceMs = 20'000;

} // namespace

QByteArray Findings::summary() const
{
    const auto item = [](const char* name, qsizetype count) {
        return QByteArray(name) + ' ' + QByteArray::number(count);
    };
    return QByteArrayList{item("crashes", crashes),    item("acknowledged", acknowledged),
                          item("heard", heard),        item("lost", lost),
                          item("half done", halfDone), item("unknown", unknown),
                          item("gaps", gaps),          item("missed", missed),
                          item("repeated", repeated)}
        .join(", ");
}

CrashTrial::CrashTrial(ServerProcess& server, int writers, int listeners)
    : m_server(server)
    , m_writers(writers)
    , m_listeners(std::size_t(listeners))
{
}

CrashTrial::~CrashTrial() = default;

bool CrashTrial::round(int enough, const std::function<void()>& crash)
{
    if (!m_server.restart())
        return false;
    // The first time they listen before anything is written, later while it is.
    const bool first = m_epoch.isEmpty();
    bool listening = !first || listen();
    bool busy = false;
    {
        const WriterFleet fleet(m_server.httpPort(), m_writers,
                                "round " + QByteArray::number(m_findings.crashes), m_ledger);
        listening = listening && (first || listen());
        busy = QTest::qWaitFor([&] { return fleet.acknowledged() >= enough; }, patienceMs);
        crash();
    }
    ++m_findings.crashes;
    collectHeard();
    if (!listening || !busy)
        qWarning("round %lld: listening %d, busy %d", qlonglong(m_findings.crashes), listening, busy);
    return listening && busy;
}

bool CrashTrial::listen()
{
    for (Listener& listener : m_listeners) {
        QUrl url = m_server.wsUrl();
        if (!m_epoch.isEmpty())
            url.setQuery(u"since=%1&epoch=%2"_s.arg(listener.position).arg(m_epoch));
        listener.client = std::make_unique<WsClient>();
        listener.client->begin(url);
    }
    for (Listener& listener : m_listeners) {
        const bool resuming = !m_epoch.isEmpty();
        if (!listener.client->waitForType(resuming ? "resumed"_L1 : "connected"_L1, patienceMs))
            return false;
    }
    if (m_epoch.isEmpty())
        m_epoch = m_listeners.front().client->epoch();
    return true;
}

void CrashTrial::collectHeard()
{
    for (Listener& listener : m_listeners) {
        if (!listener.client)
            continue;
        listener.client->waitForClosed(2'000);
        for (const QJsonObject& message : listener.client->messages()) {
            if (message["type"_L1] == "resumed"_L1 && !message["data"_L1]["complete"_L1].toBool())
                ++m_findings.missed;
            if (!message.contains("seq"_L1))
                continue;
            const Seq seq = message["seq"_L1].toInteger();
            m_findings.repeated += seq <= listener.position ? 1 : 0;
            m_findings.missed += seq > listener.position + 1 ? 1 : 0;
            listener.position = seq;
            ++m_findings.heard;
        }
        listener.client.reset();
    }
}

Findings CrashTrial::examine(ServerProcess& server)
{
    Findings findings = m_findings;
    findings.acknowledged = m_ledger.acknowledged();
    examineLog(server, findings);
    return findings;
}

void CrashTrial::examineLog(ServerProcess& server, Findings& findings)
{
    RestClient client(server.httpUrl());
    QSet<QByteArray> names;
    QHash<QByteArray, int> linesOf;
    qint64 violations = 0;
    Seq last = 0;
    for (;;) {
        const HttpResponse page = client.get("/api/v1/events?limit=1000&since=" + QByteArray::number(last));
        const QJsonArray events = page.data()["events"_L1].toArray();
        if (events.isEmpty())
            break;
        for (const auto& event : events) {
            const Seq seq = event["seq"_L1].toInteger();
            findings.gaps += seq == last + 1 ? 0 : 1;
            last = seq;
            if (event["type"_L1] == "analytics:record:created"_L1) {
                const QByteArray name = event["data"_L1]["record"_L1]["name"_L1].toString().toUtf8();
                findings.repeated += names.contains(name) ? 1 : 0;
                findings.unknown += m_ledger.attemptedRecords.contains(name) ? 0 : 1;
                names.insert(name);
            } else if (event["type"_L1] == "gateway:check:updated"_L1) {
                --violations; // one was marked
            } else {
                ++linesOf[event["data"_L1]["id"_L1].toString().section(u" line "_s, 0, 0).toUtf8()];
                const QJsonValue counts = event["data"_L1]["counts"_L1];
                const int live = counts["info"_L1].toInt();
                const int told = live + counts["falsePositive"_L1].toInt();
                findings.halfDone += told == 0 || told == WriterFleet::violationsEach ? 0 : 1;
                violations += live;
            }
        }
    }
    for (const Listener& listener : m_listeners)
        findings.unknown += listener.position > last ? 1 : 0;

    findings.lost += (m_ledger.acknowledgedRecords - names).size();
    for (const QByteArray& batch : std::as_const(m_ledger.acknowledgedBatches))
        findings.lost += linesOf.value(batch) == WriterFleet::linesEach ? 0 : 1;
    qint64 lines = 0;
    for (auto batch = linesOf.cbegin(); batch != linesOf.cend(); ++batch) {
        findings.unknown += m_ledger.attemptedBatches.contains(batch.key()) ? 0 : 1;
        findings.halfDone += batch.value() == WriterFleet::linesEach ? 0 : 1;
        lines += batch.value();
    }
    // The tables and their counters say the same as the log.
    const QJsonObject records = client.get("/api/v1/analytics/records").meta()["pagination"_L1].toObject();
    findings.halfDone += records["total"_L1].toInteger() == names.size() ? 0 : 1;
    const QJsonValue all = client.get("/api/v1/analytics/dashboard?period=all").data();
    findings.halfDone += all["summary"_L1]["totalChecks"_L1].toInteger() == lines ? 0 : 1;
    findings.halfDone += all["summary"_L1]["violations"_L1].toInteger() == violations ? 0 : 1;
    const QJsonValue rows =
        client
            .get("/api/v1/analytics/reports/custom?period=all&dimensions=principle&metrics="
                 "totalChecks,violations")
            .data()["rows"_L1];
    qint64 found = 0;
    for (const auto& row : rows.toArray())
        found += row["violations"_L1].toInteger();
    findings.halfDone += found == violations ? 0 : 1;
}

} // namespace prism::test
