#pragma once

#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

namespace prism::protocol {

/// Everything the API can refuse, in the words of its error table.
enum class ErrorCode {
    Validation,
    NotJson,
    FieldMissing,
    BadFormat,
    TooLong,
    NotAuthenticated,
    NotAllowed,
    TokenInvalid,
    NotFound,
    AlreadyExists,
    VersionConflict,
    Quota,
    RateLimit,
    Internal,
    Unavailable,
};

/// The wire name of a code, e.g. "ERR_1001".
QString errorName(ErrorCode code);

/// The HTTP status a code is answered with unless the place that answers knows a narrower one.
int httpStatus(ErrorCode code);

/// The code with this wire name; Internal for an unknown one.
ErrorCode errorCode(const QString& name);

/// A refusal: what kind, one sentence for a person, and one "field: why" for each problem found.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QStringList details = {};

    bool operator==(const Error&) const = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

} // namespace prism::protocol
