#pragma once

#include "server/http/request.h"
#include "shared/protocol/json_reader.h"
#include "shared/protocol/names.h"
#include "shared/protocol/period.h"

namespace prism::api {

/// For filter().
inline constexpr std::array<protocol::Name<bool>, 2> truthNames{{{true, "true"}, {false, "false"}}};

/// Reads the parameters of a request's query, noting what is wrong with each. One that the request's route
/// does not name is not there.
class QueryReader
{
public:
    explicit QueryReader(const http::Request& request)
        : m_request(request)
    {
    }

    /// In NFC, as all that is stored and compared.
    std::optional<QString> text(const QString& name) const;

    /// The same of up to `most` characters; TooLong. Empty when absent.
    QString text(const QString& name, qsizetype most);

    /// A whole number from min up; `fallback` when absent. Above max it is lowered to max.
    qint64 integer(const QString& name, qint64 fallback, qint64 min, qint64 max);

    /// true or false; false when absent.
    bool flag(const QString& name);

    /// A list, by repeating the name or with commas, without the empty and the repeated entries; TooLong with
    /// more than `most`.
    QStringList texts(const QString& name, qsizetype most);

    /// Whether an empty name of a project is that of what has none, or no name.
    enum class Empty { IsNone, IsAName };

    /// The projects that are to be answered about, by repeating the name: sorted, each once, and none that
    /// who asks may not hear of; none at all stands for every one. TooLong with more than `most`, or one that
    /// no project can have.
    QStringList projects(qsizetype most, Empty empty = Empty::IsNone);

    std::optional<protocol::Timestamp> timestamp(const QString& name);
    protocol::Period period(protocol::Period fallback);

    /// One of `names`; required unless there is a fallback.
    template <typename E, std::size_t N>
    E choice(const QString& name, const std::array<protocol::Name<E>, N>& names,
             std::optional<E> fallback = {})
    {
        const std::optional<QString> given = text(name);
        if (!given && fallback)
            return *fallback;
        const std::optional<E> value = protocol::valueOf(names, given.value_or(QString()));
        if (!value)
            refuse(protocol::ErrorCode::Validation, name, protocol::choices(names));
        return value.value_or(names[0].value);
    }

    /// One of `names`; nothing when absent.
    template <typename E, std::size_t N>
    std::optional<E> filter(const QString& name, const std::array<protocol::Name<E>, N>& names)
    {
        if (!text(name))
            return std::nullopt;
        return choice(name, names);
    }

    /// The same of another name; required unless there is a fallback.
    protocol::Period period(const QString& name, std::optional<protocol::Period> fallback);

    void refuse(protocol::ErrorCode code, const QString& name, const QString& why)
    {
        m_problems.add(code, name, why);
    }

    /// For what reads values of several parts; details name the parameter.
    protocol::Problems& problems() { return m_problems; }

    /// Refuses the query when something was wrong.
    protocol::Result<void> check() const;

private:
    bool isNamed(const QString& name) const;

    const http::Request& m_request;
    protocol::Problems m_problems;
};

} // namespace prism::api
