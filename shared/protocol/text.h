#pragma once

#include <QString>
#include <QStringView>

namespace prism::protocol {

/// How many characters a text has, as every limit counts them: code points, of which an emoji is one and not
/// two.
qsizetype charactersIn(QStringView text);

/// The first `count` characters at most.
QString firstCharacters(const QString& text, qsizetype count);

/// The text in Unicode's NFC, or NFD. In time that is linear in the text, where QString::normalized() takes
/// that of the square of a run of combining marks, and is not made for more of them in a row than writing
/// has: what is behind thirty stays apart from them.
QString composed(const QString& text);
QString decomposed(const QString& text);

/// Without white space (as Unicode has it) around it, in Unicode's NFC: texts that look
/// the same because they are the same characters, composed or not, are one text.
QString cleaned(const QString& text);

/// Whether nothing of it can be seen: spaces, control characters and what Unicode has shown by nothing, such
/// as zero-width spaces, joiners and directional marks.
bool isBlank(QStringView text);

/// The text to search in and for: without regard to case and to how characters are composed.
QString folded(const QString& text);

} // namespace prism::protocol
