#pragma once

namespace prism::app {

/// Has the process end with exit code 1 and a line on standard error when a file that is mapped into its
/// memory was cut short by somebody, as the index of the database's log may be. Nothing that was acknowledged
/// is lost by that: a start makes the index anew. For every command, before any thread.
void endOnBusError();

} // namespace prism::app
