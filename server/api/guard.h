#pragma once

#include "server/http/preconditions.h"
#include "server/store/writing/transaction.h"
#include "shared/protocol/error.h"

namespace prism::api {

/// Reads what a write is about as it is stored, in the transaction of the write; nothing where it is not
/// there and the write may make it. NotFound where there is nothing to be written at all.
using CurrentState = std::function<protocol::Result<std::optional<http::Validator>>(store::Transaction&)>;

/// The one place where it is decided whether a request's preconditions (RFC 9110, section 13) let it be
/// carried out: a write just before it is done, a read when its answer is there. Made on the worker's thread,
/// asked on the writer's.
class Guard
{
public:
    /// Without `current`, what is there is what a GET of the same address is answered with.
    Guard(const http::Request& request, CurrentState current);

    /// VersionConflict when the write must not be done.
    protocol::Result<void> check(store::Transaction& transaction) const;

    /// The status that this error of the write is answered with: 412 when it is the guard's own. To be asked
    /// after the write.
    int statusOf(const protocol::Error& error) const;

    /// What a write of what is not stored is answered with when it must not be done.
    std::optional<http::Response> refusalUnstored(const QString& requestId) const;

    /// The reply to a read: answers 304 or 412 instead of what does not hold against the preconditions.
    static http::Reply over(const http::Request& request, const http::Reply& reply);

private:
    struct Conditions
    {
        http::Preconditions preconditions;
        bool hasRefused = false;
    };

    protocol::Result<void> check(const std::optional<http::Validator>& current) const;

    std::shared_ptr<Conditions> m_conditions; ///< null when there are none
    CurrentState m_current;
    bool m_isReadable = false;
};

/// The entity tag of something that has a version.
QByteArray versionTag(qint64 version);

/// The entity tag of something that has none, made of its content.
QByteArray contentTag(const QByteArray& content);

/// Of a version that came to be at this moment.
http::Validator validatorOf(qint64 version, protocol::Timestamp modified);

/// Tells what the answer's state can be told by, and that it is to be asked for again.
void addValidator(http::Response& response, const http::Validator& validator);

/// The answer with the tag of what it was made of.
http::Response tagged(http::Response response, const QByteArray& tag);

/// Whether the caller of a read has this state already, so that nothing needs to be made of it.
bool hasAlready(const http::Request& request, const http::Validator& validator);

} // namespace prism::api
