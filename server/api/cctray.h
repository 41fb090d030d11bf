#pragma once

#include "server/store/tables/gate_reader.h"

namespace prism::api {

/// How the gates stand, of one project or all, in the XML that build monitors read. Where there are more than
/// an answer has room for, those that are BLOCKED come first, and a comment says that some are left out.
protocol::Result<QByteArray> cctrayOf(store::GateReader gates, const QStringList& projects);

} // namespace prism::api
