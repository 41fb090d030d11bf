#pragma once

#include "server/service/gate.h"
#include "server/service/result_files.h"

namespace prism::service {

/// What of a use case's input is written beforehand; null where that is nothing.
template <typename Input>
std::shared_ptr<store::StagedChecks> stagedOf(const Input&)
{
    return nullptr;
}
inline std::shared_ptr<store::StagedChecks> stagedOf(const Checks::NewOnes& checks)
{
    return checks.staged;
}
inline std::shared_ptr<store::StagedChecks> stagedOf(const ResultFile& file)
{
    return file.staged;
}
inline std::shared_ptr<store::StagedChecks> stagedOf(const GateVerdict& verdict)
{
    return verdict.check.staged;
}

} // namespace prism::service
