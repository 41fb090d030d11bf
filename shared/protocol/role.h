#pragma once

namespace prism::protocol {

/// What somebody must be to ask for something. A viewer reads, a reporter writes checks and retrospectives
/// and has intents judged; an editor may do what either may, and write records, mark, acknowledge and mute;
/// an admin may do everything. Anyone stands for a caller of whom nothing is known.
enum class Role { Anyone, Reporter, Viewer, Editor, Admin };

} // namespace prism::protocol
