#pragma once

#include "shared/protocol/names.h"

namespace prism::protocol {

/// The formats of tools' result files that are known.
enum class ReportFormat { Auto, Sarif, Junit, Checkstyle, CodeQuality, Eslint, Rdjson, Tap, PreCommit };

inline constexpr std::array<Name<ReportFormat>, 9> reportFormatNames{
    {{ReportFormat::Auto, "auto"},
     {ReportFormat::Sarif, "sarif"},
     {ReportFormat::Junit, "junit"},
     {ReportFormat::Checkstyle, "checkstyle"},
     {ReportFormat::CodeQuality, "codequality"},
     {ReportFormat::Eslint, "eslint"},
     {ReportFormat::Rdjson, "rdjson"},
     {ReportFormat::Tap, "tap"},
     {ReportFormat::PreCommit, "pre-commit"}}};

} // namespace prism::protocol
