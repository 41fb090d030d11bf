#pragma once

#include "server/store/tables/alert_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes down what is out of the ordinary, and who has seen it. Lives on its connection's thread.
class AlertWriter : public AlertReader
{
public:
    explicit AlertWriter(WriteConnection& connection)
        : AlertReader(connection)
        , m_connection(connection)
    {
    }

    /// The alert as it is stored now, or nothing when that changed nothing: it is there already. One that is
    /// there with a lower severity takes the severity, the numbers and the message of this one, and keeps the
    /// rest.
    Result<std::optional<protocol::Alert>> raise(const protocol::Alert& alert);

    /// Whether it was the first acknowledgement, which stays. NotFound when there is no such alert.
    Result<bool> acknowledge(const QString& id, const protocol::Acknowledgement& acknowledgement);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
