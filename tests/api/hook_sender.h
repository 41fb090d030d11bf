#pragma once

#include "tests/support/rest_client.h"

namespace prism::test {

/// A hook of a provider, and what it sends by it. Lives on the test's thread.
struct HookSender
{
    QByteArray provider; ///< github, gitlab or sonarqube
    QByteArray address = {};
    QByteArray secret = {};

    /// Has the hook made by the program's sub-command, be there a server or not; empty where that failed.
    static HookSender made(const QByteArray& provider, const QString& dataDir, const QStringList& more = {});

    bool isMade() const { return !address.isEmpty() && !secret.isEmpty(); }

    /// What proves that the body is of the hook, as the provider has it.
    RestClient::Headers proofOf(const QByteArray& body) const;

    /// Sends the payload as the provider does; `event` is GitHub's.
    HttpResponse send(RestClient& client, const QJsonObject& payload,
                      const QByteArray& event = "check_run") const;
    HttpResponse sendBody(RestClient& client, const QByteArray& body,
                          const RestClient::Headers& headers) const;
};

/// The arguments by which a sub-command works on the data of a server that listens on free ports.
QStringList withData(const QString& dataDir, const QStringList& arguments);

} // namespace prism::test
