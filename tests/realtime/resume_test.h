#pragma once

#include "tests/support/server_test.h"
#include "tests/support/ws_client.h"

#include <QTest>

namespace prism::test {

inline QList<protocol::Seq> range(protocol::Seq from, protocol::Seq to)
{
    QList<protocol::Seq> list;
    for (protocol::Seq i = from; i <= to; ++i)
        list.append(i);
    return list;
}

inline QJsonObject resumeMessage(protocol::Seq since, const QString& epoch)
{
    return {{QStringLiteral("type"), QStringLiteral("resume")},
            {QStringLiteral("data"),
             QJsonObject{{QStringLiteral("epoch"), epoch}, {QStringLiteral("since"), qint64(since)}}}};
}

/// What tests of sessions that come back work with: a server of which the epoch is known.
class ResumeTest : public ServerTest
{
protected:
    void start(const QStringList& arguments)
    {
        startServer(arguments);
        m_epoch = m_client->get("/api/v1/events").data()[QLatin1String("epoch")].toString();
    }

    void write(int count)
    {
        for (int i = 0; i < count; ++i)
            QCOMPARE(m_client->post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status,
                     201);
    }

    QUrl address(protocol::Seq since, const QString& epoch) const
    {
        QUrl url = m_server->wsUrl();
        url.setQuery(QStringLiteral("since=%1&epoch=%2").arg(since).arg(epoch));
        return url;
    }

    static void checkResumed(const WsClient& client, protocol::Seq from, protocol::Seq to, bool complete)
    {
        const QJsonObject message =
            client.messages().value(client.types().indexOf(QStringLiteral("resumed")));
        QCOMPARE(message[QLatin1String("data")].toObject(),
                 (QJsonObject{{QStringLiteral("from"), qint64(from)},
                              {QStringLiteral("to"), qint64(to)},
                              {QStringLiteral("complete"), complete}}));
        QVERIFY(!message.contains(QLatin1String("seq")));
    }

    QString m_epoch;
};

} // namespace prism::test
