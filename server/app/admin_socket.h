#pragma once

#include "shared/protocol/error.h"

#include <QHash>
#include <QLocalServer>

#include <functional>

class QLocalSocket;

namespace prism::app {

/// Takes what sub-commands ask of a running server: one line, one answer. Whoever may reach the socket, which
/// only its own user may, and is not the server's own user or root is closed. Lives on the main thread.
class AdminSocket : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(const QByteArray& envelope)>;
    /// The answer may come on any thread, as long as this is there.
    using CarryOut = std::function<void(const QByteArray& line, const Answer& answer)>;

    AdminSocket(const QString& path, CarryOut carryOut, QObject* parent = nullptr);

    /// Takes the place of one that a server has left behind, not of one that a server has.
    protocol::Result<void> listen();

    /// Nobody is listened to any more.
    void close() { m_server.close(); }

    /// Of the server that has its data there.
    static QString pathIn(const QString& dataFolder);

    /// Asks the server at `path`, on any thread: the envelope that it answers with. Unavailable where none
    /// does.
    static protocol::Result<QByteArray> ask(const QString& path, const QByteArray& line);

private:
    void accept();
    void read(quint64 number);
    void finish(quint64 number, const QByteArray& envelope);

    const QString m_path;
    const CarryOut m_carryOut;
    QLocalServer m_server;
    QHash<quint64, QLocalSocket*> m_clients;
    quint64 m_lastNumber = 0;
};

} // namespace prism::app
