#pragma once

#include "shared/protocol/period.h"
#include "shared/protocol/record.h"

#include <QObject>

namespace prism::net {
class ApiClient;
struct Answer;
} // namespace prism::net

namespace prism::model {

/// What a record computed.
struct RecordResult
{
    struct Metric
    {
        QString name; ///< as on the wire
        std::optional<double> value;
        bool operator==(const Metric&) const = default;
    };

    QString name; ///< of the record
    protocol::Period period = protocol::Period::Week;
    QJsonObject filters;
    QList<Metric> metrics;
    protocol::Timestamp generatedAt;

    bool operator==(const RecordResult&) const = default;
};

/// The names of all metrics a record can ask for, in the order they are shown in.
QStringList recordMetrics();

/// Runs one record at a time and keeps its latest result. Borrows the API client. Lives on the GUI thread.
class RecordRun : public QObject
{
    Q_OBJECT

public:
    explicit RecordRun(net::ApiClient& api, QObject* parent = nullptr);

    void run(const protocol::Record& record);
    void again();
    void close();

    /// The record whose result is asked for or shown; nothing when closed.
    const std::optional<protocol::Record>& record() const { return m_record; }
    bool isRunning() const { return m_running; }
    /// Stays while the same record runs again.
    const std::optional<RecordResult>& result() const { return m_result; }
    const std::optional<protocol::Error>& error() const { return m_error; }

signals:
    void changed();

private:
    void onAnswer(const protocol::Result<net::Answer>& answer);

    net::ApiClient& m_api;
    std::optional<protocol::Record> m_record;
    std::optional<RecordResult> m_result;
    std::optional<protocol::Error> m_error;
    bool m_running = false;
    int m_request = 0; ///< only the answer to the latest counts
};

} // namespace prism::model
