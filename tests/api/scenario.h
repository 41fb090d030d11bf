#pragma once

#include "shared/protocol/position.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"

#include <QByteArrayList>
#include <QMetaType>

namespace prism::test {

/// One row of a table: a request, what must come back, and which events it must have caused.
struct Scenario
{
    QByteArray method = "GET";
    QByteArray path = {};
    QByteArray body = {};
    RestClient::Headers headers = {};
    int status = 200;
    QString error = {};           ///< code of a failure; empty for a success
    QByteArrayList contains = {}; ///< each is somewhere in the answer's body
    QByteArrayList absent = {};   ///< none of these is
    QStringList events = {};      ///< types of the events in the log since the request, in order
};

/// Plays it; what went wrong, empty when all is as expected.
QString play(RestClient& client, const Scenario& scenario);

/// Where the server's log of events stands.
protocol::Seq position(RestClient& client);

/// The types of all events after `since`, in order; checks that their numbers have no gap.
QStringList eventTypesSince(RestClient& client, protocol::Seq since);

/// The events themselves.
QJsonArray eventsSince(RestClient& client, protocol::Seq since);

/// Where to go on in a list read by cursor; empty at its end.
QByteArray nextCursor(const HttpResponse& page);

} // namespace prism::test

Q_DECLARE_METATYPE(prism::test::Scenario)
