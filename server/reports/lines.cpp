#include "server/reports/lines.h"

#include "server/reports/input.h"

namespace prism::reports {

namespace {

/// Behind the text that such a sequence contains, as a title, and behind what ends that: BEL or ESC \.
qsizetype behindText(QStringView text, qsizetype at)
{
    while (at < text.size() && text[at] != u'\a' && text[at] != u'\x1b' && text[at] != u'\n')
        ++at;
    if (text.sliced(at).startsWith(u"\x1b\\"))
        return at + 2;
    return at < text.size() && text[at] == u'\a' ? at + 1 : at;
}

/// Behind the sequence whose escape character is there (ECMA-48, section 5.3 to 5.6). One that is broken off
/// ends where it does, and takes nothing of the next line.
qsizetype behindSequence(QStringView text, qsizetype at)
{
    const auto within = [&](qsizetype place, QChar from, QChar to) {
        return place < text.size() && text[place] >= from && text[place] <= to;
    };
    ++at;
    if (within(at, u'[', u'[')) {
        for (++at; within(at, u' ', u'?');)
            ++at;
        return within(at, u'@', u'~') ? at + 1 : at;
    }
    if (at < text.size() && QStringView(u"]PX^_").contains(text[at]))
        return behindText(text, at + 1);
    while (within(at, u' ', u'/'))
        ++at;
    return within(at, u'0', u'~') ? at + 1 : at;
}

} // namespace

QString plainText(const QByteArray& bytes)
{
    const QString text = QString::fromUtf8(withoutMark(bytes));
    QString plain;
    plain.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype escape = text.indexOf(u'\x1b', at);
        const qsizetype end = escape < 0 ? text.size() : escape;
        plain += QStringView(text).sliced(at, end - at);
        at = escape < 0 ? end : behindSequence(text, escape);
    }
    return plain;
}

} // namespace prism::reports
