#pragma once

#include "server/reports/input.h"
#include "shared/protocol/try.h"

#include <QString>

namespace prism::reports {

/// What a program printed, as text: in UTF-8 or by the mark of its encoding, and without the sequences that
/// colour a terminal.
QString plainText(const QByteArray& bytes);

/// Calls `each` with every line, without what ends it and without white space behind it, until it is enough.
template <typename Each>
protocol::Result<void> forEachLine(QStringView text, const IsEnough& isEnough, Each each)
{
    for (qsizetype begin = 0; begin < text.size();) {
        PRISM_TRY(goOn(isEnough));
        const qsizetype newline = text.indexOf(u'\n', begin);
        const qsizetype end = newline < 0 ? text.size() : newline;
        QStringView line = text.sliced(begin, end - begin);
        while (!line.isEmpty() && line.back().isSpace())
            line.chop(1);
        each(line);
        begin = end + 1;
    }
    return {};
}

} // namespace prism::reports
