#pragma once

#include <QString>

namespace prism::store::sqlite {

/// What kept SQLite from doing something, so that a person knows what to do about it.
struct Trouble
{
    int code = 0;        ///< SQLite's, extended
    int systemError = 0; ///< errno, where the system refused something; else 0
};

/// The file is not what a database is: that does not go away by itself.
bool isDamage(const Trouble& trouble);

/// Something outside of this program has to change, and may.
bool isTemporary(const Trouble& trouble);

/// Half a sentence, e.g. "the disk is full".
QString reasonOf(const Trouble& trouble);

/// The same for what the system refused, e.g. to make a file.
QString reasonOf(int systemError);

} // namespace prism::store::sqlite
