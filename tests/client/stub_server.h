#pragma once

#include "shared/protocol/dashboard.h"
#include "shared/protocol/event.h"

#include <QHash>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <QUrlQuery>
#include <QWebSocketServer>

#include <functional>

class QWebSocket;

namespace prism::test {

struct StubRequest
{
    QString path;
    QUrlQuery query;
    QByteArray etag; ///< of If-None-Match
    QByteArray method = "GET";
    QByteArray body = {};
    QHash<QByteArray, QByteArray> headers = {}; ///< by name in lower case
};

struct StubAnswer
{
    int status = 200;
    QByteArray body = {};
    QByteArray headers = {}; ///< whole lines, each with its end
    bool silent = false;     ///< the connection stays open and nothing comes
    bool late = false;       ///< comes with sendLate(): what is said here, or else the usual answer of now
};

/// A peer for the dashboard's network code, on one free port, that can misbehave on command. It fakes a
/// server's event log, dashboard answer, sessions, resume and acknowledgement of alerts in memory. It does
/// not fake anything of storage, limits, the filters of subscriptions, or the order of concurrent writes:
/// tests on the real server cover these.
class StubServer : public QObject
{
    Q_OBJECT

public:
    StubServer();
    ~StubServer() override;

    QUrl url() const;
    QUrl wsUrl() const;

    /// Adds an event to the log, and pushes it when told to.
    protocol::Event publish(bool push = true);
    protocol::Event publish(QLatin1String type, const QJsonObject& data);

    /// Raises an alert, which may be acknowledged over HTTP from then on.
    protocol::Alert raiseAlert(const QString& id,
                               protocol::AlertSeverity severity = protocol::AlertSeverity::High);

    /// One after the other to every session.
    void sendToAll(const QJsonObject& message);
    void sendToAll(const protocol::Event& event);

    /// Sends the answers that are late.
    void sendLate();
    int late() const { return int(m_late.size()); }

    /// Ends every session; code 0 resets the connection without a goodbye.
    void closeSessions(int code = 0);

    /// Nothing listens any more until listenAgain() on the same port.
    void goAway();
    bool listenAgain();

    static QJsonObject message(const QString& type, const QJsonObject& data);
    protocol::Event eventAt(protocol::Seq seq) const;
    protocol::Dashboard dashboard(protocol::Period period) const;

    int sessions() const { return int(m_sessions.size()); }
    int requests(const QString& path) const { return m_requests.value(path); }

    // What the next requests and sessions find.
    bool acceptsSessions = true; ///< false: 503 instead of the upgrade
    bool greets = true;
    bool pongs = true;
    bool resumes = true;
    bool tells = false;           ///< of the numbers that a session looks at
    protocol::Seq oldestKept = 0; ///< resuming from before it is incomplete
    QString epoch = QStringLiteral("first");
    QList<protocol::Event> log;
    QSet<protocol::Seq> hidden;                                            ///< pages pass these over
    std::function<std::optional<StubAnswer>(const StubRequest&)> override; ///< nothing: answers as usual

    QHash<QString, protocol::Alert> alerts; ///< by id

    // What has been seen.
    QList<QJsonObject> received; ///< from any session
    QStringList addresses;       ///< the queries of all sessions' addresses
    int attempts = 0;            ///< at opening a session
    qsizetype mostEvents = 1000; ///< on a page, however many were asked for
    int notModified = 0;         ///< answers with 304

private:
    void onConnection();
    void onReadable(QTcpSocket* socket);
    void upgrade(QTcpSocket* socket);
    void onSession();
    void onMessage(QWebSocket* session, const QString& text);
    void tell(QWebSocket* session);
    void resume(QWebSocket* session, const protocol::Position& position);
    static void send(QTcpSocket& socket, const StubAnswer& answer);
    StubAnswer answer(const StubRequest& request);
    StubAnswer acknowledge(const QString& id, const StubRequest& request);
    StubAnswer eventsPage(const QUrlQuery& query) const;

    QTcpSocket m_place; ///< keeps the port while nothing listens
    QTcpServer m_listener;
    QWebSocketServer m_upgrader;
    QList<QWebSocket*> m_sessions;
    QHash<QWebSocket*, protocol::Period> m_views;
    QHash<QString, int> m_requests;
    QList<std::pair<QPointer<QTcpSocket>, StubAnswer>> m_late;
    quint16 m_port = 0;
};

} // namespace prism::test
