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

    /// Adds the alert, or brings the facts, severity and state of the one with its id up to date, and takes
    /// its acknowledgement as it is here.
    Result<void> put(const protocol::Alert& alert);

    using AlertReader::stored;

    /// Whether it was the first acknowledgement, which stays. NotFound when there is no such alert.
    Result<bool> acknowledge(const QString& id, const protocol::Acknowledgement& acknowledgement);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
