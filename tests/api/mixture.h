#pragma once

#include "tests/support/rest_client.h"

#include <QDateTime>

namespace prism::test {

/// Made-up checks and retrospectives of the last months, always the same but for the clock, and denser
/// towards now.
struct Mixture
{
    QList<QJsonObject> checks;
    QList<QJsonObject> retros;

    static Mixture make(int checks, int retros);

    /// As imported, so that no alert is raised. False when the server refused.
    bool post(RestClient& client) const;
};

/// The time of an entry.
QDateTime timeOf(const QJsonObject& entry);

} // namespace prism::test
