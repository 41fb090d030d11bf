#pragma once

#include "server/http/request.h"
#include "shared/protocol/json_reader.h"
#include "shared/protocol/period.h"

namespace prism::api {

/// Reads the parameters of a request's query, noting what is wrong with each.
class QueryReader
{
public:
    explicit QueryReader(const http::Request& request)
        : m_request(request)
    {
    }

    std::optional<QString> text(const QString& name) const { return m_request.parameter(name); }

    /// A whole number from min up; `fallback` when absent. Above max it is lowered to max.
    qint64 integer(const QString& name, qint64 fallback, qint64 min, qint64 max);

    /// true or false; false when absent.
    bool flag(const QString& name);

    /// A list, by repeating the name or with commas, without the empty and the repeated entries.
    QStringList texts(const QString& name) const;

    std::optional<protocol::Timestamp> timestamp(const QString& name);
    protocol::Period period(protocol::Period fallback);

    /// The same of another name; required unless there is a fallback.
    protocol::Period period(const QString& name, std::optional<protocol::Period> fallback);

    void refuse(protocol::ErrorCode code, const QString& name, const QString& why)
    {
        m_problems.add(code, name, why);
    }

    /// For what reads values of several parts; details name the parameter.
    protocol::Problems& problems() { return m_problems; }

    /// What was wrong, if anything.
    std::optional<protocol::Error> error() const;

private:
    const http::Request& m_request;
    protocol::Problems m_problems;
};

} // namespace prism::api
