#include "server/reports/xml_scan.h"

#include <algorithm>

namespace prism::reports {

namespace {

/// Behind the first `what` from there on; the end where there is none.
qsizetype behind(QStringView text, qsizetype from, QStringView what)
{
    const qsizetype at = text.indexOf(what, from);
    return at < 0 ? text.size() : at + what.size();
}

/// Calls `each` with every character of the markup that stands outside quotes, up to the > that ends it or to
/// where it returns false; where that is.
template <typename Each>
qsizetype markupEnd(QStringView text, qsizetype from, Each each)
{
    QChar quote;
    for (qsizetype i = from; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!quote.isNull())
            quote = c == quote ? QChar() : quote;
        else if (c == u'"' || c == u'\'')
            quote = c;
        else if (c == u'>' || !each(c))
            return i;
    }
    return text.size();
}

} // namespace

std::optional<XmlFault> findExcess(QStringView text)
{
    constexpr int mostAttributes = 200;
    for (qsizetype at = text.indexOf(u'<'); at >= 0; at = text.indexOf(u'<', at)) {
        const QStringView rest = text.sliced(at);
        if (rest.startsWith(u"<!--")) {
            at = behind(text, at + 4, u"-->");
        } else if (rest.startsWith(u"<![CDATA[")) {
            at = behind(text, at, u"]]>");
        } else if (rest.startsWith(u"<?")) {
            at = behind(text, at, u"?>");
        } else if (rest.startsWith(u"<!")) {
            const qsizetype end = markupEnd(text, at, [](QChar c) { return c != u'['; });
            if (end < text.size() && text[end] == u'[')
                return XmlFault{at, QStringLiteral("has a document type with declarations of its own, which "
                                                   "are not read")};
            at = end;
        } else {
            int attributes = 0;
            const qsizetype end =
                markupEnd(text, at, [&](QChar c) { return c != u'=' || ++attributes <= mostAttributes; });
            if (attributes > mostAttributes)
                return XmlFault{at,
                                QStringLiteral("has a tag with more than %1 attributes").arg(mostAttributes)};
            at = end;
        }
    }
    return std::nullopt;
}

} // namespace prism::reports
