#pragma once

#include "server/reports/report.h"
#include "shared/protocol/names.h"

namespace prism::reports {

/// The formats of result files that are known.
enum class Format { Auto, Sarif, Junit, Checkstyle, CodeQuality, Eslint, Rdjson, Tap, PreCommit };

inline constexpr std::array<protocol::Name<Format>, 9> formatNames{{{Format::Auto, "auto"},
                                                                    {Format::Sarif, "sarif"},
                                                                    {Format::Junit, "junit"},
                                                                    {Format::Checkstyle, "checkstyle"},
                                                                    {Format::CodeQuality, "codequality"},
                                                                    {Format::Eslint, "eslint"},
                                                                    {Format::Rdjson, "rdjson"},
                                                                    {Format::Tap, "tap"},
                                                                    {Format::PreCommit, "pre-commit"}}};

/// What a file says, in this format or in that which it looks like. The error names the place in it, a line
/// or a path, and what is wrong there.
protocol::Result<Report> readReport(Format format, const QByteArray& bytes);

/// What a file looks like, from what is in it. BadFormat where it looks like nothing that is known.
protocol::Result<Format> formatOf(const QByteArray& bytes);

} // namespace prism::reports
