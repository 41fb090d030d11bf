#include "shared/protocol/error.h"

#include <algorithm>
#include <array>

namespace prism::protocol {

namespace {

struct Row
{
    ErrorCode code;
    const char* name;
    int status;
};

constexpr std::array table{
    Row{ErrorCode::Validation, "ERR_1001", 400},      Row{ErrorCode::NotJson, "ERR_1002", 400},
    Row{ErrorCode::FieldMissing, "ERR_1003", 400},    Row{ErrorCode::BadFormat, "ERR_1004", 400},
    Row{ErrorCode::TooLong, "ERR_1005", 400},         Row{ErrorCode::NotAuthenticated, "ERR_2001", 401},
    Row{ErrorCode::NotAllowed, "ERR_2002", 403},      Row{ErrorCode::TokenInvalid, "ERR_2003", 401},
    Row{ErrorCode::NotFound, "ERR_3001", 404},        Row{ErrorCode::AlreadyExists, "ERR_3002", 409},
    Row{ErrorCode::VersionConflict, "ERR_4002", 409}, Row{ErrorCode::Quota, "ERR_4003", 429},
    Row{ErrorCode::RateLimit, "ERR_4004", 429},       Row{ErrorCode::Internal, "ERR_5000", 500},
    Row{ErrorCode::Unavailable, "ERR_5001", 503},
};

const Row& row(ErrorCode code)
{
    return *std::find_if(table.begin(), table.end(), [code](const Row& r) { return r.code == code; });
}

} // namespace

QString errorName(ErrorCode code)
{
    return QString::fromLatin1(row(code).name);
}

int httpStatus(ErrorCode code)
{
    return row(code).status;
}

ErrorCode errorCode(const QString& name)
{
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Row& r) { return name == QLatin1String(r.name); });
    return found == table.end() ? ErrorCode::Internal : found->code;
}

} // namespace prism::protocol
