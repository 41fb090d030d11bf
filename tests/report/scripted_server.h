#pragma once

#include <QByteArray>
#include <QHash>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace prism::test {

/// A peer on a free port that answers each request as it is told to, or not at all. It fakes nothing of what
/// a server does with a request. Lives on the test's thread and needs its event loop.
class ScriptedServer : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QByteArray path;                       ///< with its query
        QHash<QByteArray, QByteArray> headers; ///< by names in small letters
        QByteArray body;
    };

    ScriptedServer();

    QUrl url() const;

    /// What an answer looks like that comes from a PRISM server: of a success, or of a refusal.
    static QByteArray envelope(int status);

    /// The whole answer, head and all; empty for none, while the connection stays.
    std::function<QByteArray(const Request&)> answer;

    QList<Request> requests; ///< that came

private:
    void onConnection();
    void onReadable(QTcpSocket* socket, QByteArray& buffer);

    QTcpServer m_listener;
};

} // namespace prism::test
