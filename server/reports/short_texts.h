#pragma once

#include <QByteArray>

namespace prism::reports {

/// How many characters of one text in a file are read. More are kept of none; and a text that stands once in
/// a file, a rule's message or a suite's name, may be that of very many results.
inline constexpr qsizetype longestText = 4096;

/// Well-formed JSON with each of its texts, names too, cut to that many characters. What is written as an
/// escape, or as a pair of them, is one.
QByteArray withShortTexts(const QByteArray& json, qsizetype longest = longestText);

} // namespace prism::reports
