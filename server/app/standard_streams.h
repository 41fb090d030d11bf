#pragma once

namespace prism::app {

/// Opens those of the three standard streams that are closed to nowhere: what is opened next, a database say,
/// would get their numbers otherwise, and what is said to people would be written into it. Before anything
/// else.
void openStandardStreams();

} // namespace prism::app
