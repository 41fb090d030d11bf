#include "server/reports/format.h"
#include "server/reports/input.h"
#include "server/reports/lines.h"
#include "server/reports/pre_commit.h"
#include "server/reports/tap_line.h"
#include "server/reports/xml.h"
#include "shared/protocol/json_scan.h"
#include "shared/protocol/json_slices.h"

#include <algorithm>

namespace prism::reports {

using protocol::Failure;
using protocol::Result;

namespace {

Failure unknown(const QString& what)
{
    return unreadable(QStringLiteral("report"),
                      what + QStringLiteral("; name its format if it is one of those that are known"));
}

/// Knows a file of XML by its root, and reads no further.
class RootHandler : public XmlHandler
{
public:
    Result<void> begin(const XmlTag& tag) override
    {
        m_root = tag.name.toString();
        return Failure(protocol::Error());
    }
    void text(QStringView) override {}
    void end(int) override {}

    const QString& root() const { return m_root; }

private:
    QString m_root;
};

Result<Format> formatOfXml(const QByteArray& bytes)
{
    RootHandler handler;
    const Result<void> read = readXml(bytes, handler);
    if (handler.root().isEmpty())
        return Failure(read.error());
    if (handler.root() == QLatin1String("checkstyle"))
        return Format::Checkstyle;
    if (handler.root() == QLatin1String("testsuites") || handler.root() == QLatin1String("testsuite"))
        return Format::Junit;
    return unknown(
        QStringLiteral("begins with <%1>, which no known format does").arg(handler.root().left(100)));
}

bool has(QByteArrayView object, const char* name)
{
    return protocol::sliceOf(object, {QLatin1String(name)}).has_value();
}

Result<Format> formatOfObject(QByteArrayView object)
{
    if (has(object, "runs"))
        return Format::Sarif;
    if (has(object, "diagnostics") || has(object, "message"))
        return Format::Rdjson;
    if (has(object, "results"))
        return Format::Eslint;
    return unknown(QStringLiteral("is an object of JSON without runs, diagnostics and results"));
}

QByteArrayView behindSpace(QByteArrayView text)
{
    const auto first = std::find_if_not(text.begin(), text.end(), protocol::isJsonSpace);
    return text.sliced(first - text.begin());
}

/// ESLint lists files, of which there is one at least, Code Quality issues.
Result<Format> formatOfList(QByteArrayView list)
{
    const QByteArrayView first = behindSpace(list.sliced(1));
    if (has(first, "messages"))
        return Format::Eslint;
    if (first.startsWith(']') || has(first, "description") || has(first, "check_name"))
        return Format::CodeQuality;
    return unknown(
        QStringLiteral("is a list of JSON, neither of ESLint's files nor of Code Quality's issues"));
}

/// Of objects, if of anything: programs print "[INFO] …" too.
bool isList(QByteArrayView text)
{
    if (!text.startsWith('['))
        return false;
    const QByteArrayView first = behindSpace(text.sliced(1));
    return first.startsWith('{') || first.startsWith(']');
}

/// A whole file, or its first line where that is whole by itself.
Result<Format> formatOfJson(QByteArrayView text)
{
    constexpr int maxDepth = 64;
    const qsizetype newline = text.indexOf('\n');
    const QByteArrayView line = newline < 0 ? text : text.first(newline);
    const QByteArrayView whole = protocol::JsonScan(line, maxDepth).malformed() ? text : line;
    const protocol::JsonScan scan(whole, maxDepth);
    if (const auto& fault = scan.malformed())
        return unreadable(placeIn(whole, fault->at), fault->why, protocol::ErrorCode::NotJson);
    return whole.startsWith('{') ? formatOfObject(whole) : formatOfList(whole);
}

Result<Format> formatOfLines(const QByteArray& text)
{
    std::optional<Format> format;
    const IsEnough isKnown = [&format] { return format.has_value(); };
    (void)forEachLine(plainText(text), isKnown, [&format](QStringView line) {
        if (line.startsWith(u"TAP version ") || tapPoint(line) || tapPlan(line))
            format = Format::Tap;
        else if (isPreCommitLine(line))
            format = Format::PreCommit;
    });
    if (format)
        return *format;
    return unknown(QStringLiteral("looks like no known format"));
}

} // namespace

Result<Format> formatOf(const QByteArray& bytes)
{
    const QByteArray text = withoutMark(bytes);
    const QByteArrayView content = behindSpace(text);
    if (content.startsWith('<'))
        return formatOfXml(bytes);
    if (content.startsWith('{') || isList(content))
        return formatOfJson(content);
    return formatOfLines(text);
}

} // namespace prism::reports
