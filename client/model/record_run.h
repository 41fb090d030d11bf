#pragma once

#include "client/net/api.h"

#include <QObject>

namespace prism::model {

/// The names of all metrics a record can ask for, in the order they are shown in.
QStringList recordMetrics();

/// Runs one record at a time and keeps its latest result. Borrows the Api. Lives on the GUI thread.
class RecordRun : public QObject
{
    Q_OBJECT

public:
    explicit RecordRun(net::Api& api, QObject* parent = nullptr);

    void run(const protocol::Record& record);
    void again();
    void close();

    /// The record whose result is asked for or shown; nothing when closed.
    const std::optional<protocol::Record>& record() const { return m_record; }
    bool isRunning() const { return m_running; }
    /// Its numbers in the order of recordMetrics(). Stays while the same record runs again.
    const std::optional<protocol::RecordResult>& result() const { return m_result; }
    const std::optional<protocol::Error>& error() const { return m_error; }

signals:
    void changed();

private:
    void onAnswer(const protocol::Result<protocol::RecordResult>& answer);

    net::Api& m_api;
    std::optional<protocol::Record> m_record;
    std::optional<protocol::RecordResult> m_result;
    std::optional<protocol::Error> m_error;
    bool m_running = false;
    net::Call m_call;
};

} // namespace prism::model
