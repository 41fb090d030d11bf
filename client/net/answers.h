#pragma once

#include "client/net/http_client.h"
#include "client/net/log.h"
#include "client/net/questions.h"
#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QJsonObject>

namespace prism::net {

// What Api makes of an answer before it hands it on: the JSON in it read as the message that it is.

template <typename T>
using Reader = std::function<protocol::Result<T>(const Answer&)>;

/// The answer is there, but it is not what was asked for.
inline protocol::Error notUnderstood(const protocol::Error& why)
{
    return {protocol::ErrorCode::NotJson, why.message, why.details};
}

/// Reads the data as one message.
template <typename T>
Reader<T> object(protocol::Result<T> (*fromJson)(const QJsonObject&))
{
    return [fromJson](const Answer& answer) { return fromJson(answer.data.toObject()); };
}

/// Reads the data as a list of messages. One that cannot be read, as of a newer server, hides no other.
template <typename T>
Reader<QList<T>> list(protocol::Result<T> (*fromJson)(const QJsonObject&))
{
    return [fromJson](const Answer& answer) -> protocol::Result<QList<T>> {
        QList<T> messages;
        const QJsonArray array = answer.data.toArray();
        for (const auto& json : array) {
            const protocol::Result<T> message = fromJson(json.toObject());
            if (message)
                messages.append(*message);
            else
                qCInfo(netLog).noquote() << "left out:" << message.error().message << message.error().details;
        }
        return messages;
    };
}

/// Hands on what is always sent in full.
template <typename T, typename Then>
HttpClient::Done whole(const Reader<T>& read, const Then& then)
{
    return [read, then](const protocol::Result<Answer>& answer) {
        if (!answer)
            return then(protocol::Result<T>(protocol::Failure(answer.error())));
        const protocol::Result<T> message = read(*answer);
        then(message ? message : protocol::Result<T>(protocol::Failure(notUnderstood(message.error()))));
    };
}

/// Hands on what is sent only where it is new.
template <typename T, typename Then>
HttpClient::Done fresh(const Reader<T>& read, const Then& then)
{
    using Result = protocol::Result<Fresh<T>>;
    return [read, then](const protocol::Result<Answer>& answer) {
        if (!answer)
            return then(Result(protocol::Failure(answer.error())));
        if (answer->notModified)
            return then(Result(Fresh<T>{std::nullopt, answer->etag}));
        const protocol::Result<T> message = read(*answer);
        then(message ? Result(Fresh<T>{*message, answer->etag})
                     : Result(protocol::Failure(notUnderstood(message.error()))));
    };
}

/// Hands on that it worked, or why not.
template <typename Then>
HttpClient::Done done(const Then& then)
{
    return [then](const protocol::Result<Answer>& answer) {
        then(answer ? protocol::Result<void>() : protocol::Result<void>(protocol::Failure(answer.error())));
    };
}

} // namespace prism::net
