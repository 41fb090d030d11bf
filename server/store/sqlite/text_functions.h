#pragma once

struct sqlite3;

namespace prism::store::sqlite {

/// Adds to a connection the functions that records are searched by, for SQLite itself knows the case of ASCII
/// letters alone:
///   search_text(text)        the text as it is searched in, see protocol::folded()
///   search_has(text, sought) whether the text, so folded, has the one sought, which is folded already; 0 for
///                            NULL
/// Returns SQLite's code, 0 where all is well.
int addTextFunctions(sqlite3* connection);

} // namespace prism::store::sqlite
