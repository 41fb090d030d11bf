#include "server/reports/xml.h"

#include "server/reports/input.h"
#include "server/reports/xml_scan.h"
#include "shared/protocol/try.h"

#include <QStringDecoder>
#include <QXmlStreamReader>

#include <algorithm>

namespace prism::reports {

using protocol::Result;

namespace {

constexpr int maxXmlDepth = 100;

/// By its mark or its first character, else by what its first line says; UTF-8 otherwise.
Result<QString> decoded(const QByteArray& bytes)
{
    if (const auto known = QStringConverter::encodingForData(bytes, u'<'))
        return QString(QStringDecoder(*known)(bytes));
    constexpr qsizetype farthest = 200;
    const QByteArray start = bytes.left(std::min(farthest, bytes.indexOf('>')));
    const qsizetype at = start.startsWith("<?xml") ? start.indexOf("encoding=") : -1;
    if (at < 0)
        return QString::fromUtf8(bytes);
    const QByteArray value = start.mid(at + qsizetype(qstrlen("encoding=")));
    if (value.isEmpty())
        return unreadable(QStringLiteral("line 1"), QStringLiteral("names no encoding"));
    const QByteArray name = value.mid(1, value.indexOf(value.front(), 1) - 1);
    QStringDecoder decoder(name.constData());
    if (!decoder.isValid())
        return unreadable(
            QStringLiteral("line 1"),
            QStringLiteral("has the encoding %1, which is not known").arg(QString::fromLatin1(name)));
    return QString(decoder(bytes));
}

bool isXmlCharacter(QChar c)
{
    return c >= u' ' ? c < QChar(0xFFFE) : c == u'\t' || c == u'\n' || c == u'\r';
}

protocol::Failure at(const QXmlStreamReader& xml, const QString& why)
{
    return unreadable(QStringLiteral("line %1, column %2").arg(xml.lineNumber()).arg(xml.columnNumber() + 1),
                      why);
}

/// An error of the handler is told with the place in the file.
protocol::Failure at(const QXmlStreamReader& xml, const protocol::Error& error)
{
    return at(xml, error.message);
}

} // namespace

Result<void> readXml(const QByteArray& bytes, XmlHandler& handler, const IsEnough& isEnough)
{
    PRISM_TRY_ASSIGN(QString text, decoded(bytes));
    std::replace_if(
        text.begin(), text.end(), [](QChar c) { return !isXmlCharacter(c); },
        QChar(QChar::ReplacementCharacter));
    if (const auto fault = findExcess(text))
        return unreadable(placeIn(text.first(fault->at).toUtf8(), text.size()), fault->why);
    QXmlStreamReader xml(text);
    xml.setNamespaceProcessing(false);
    int depth = 0;
    while (!xml.atEnd()) {
        PRISM_TRY(goOn(isEnough));
        switch (xml.readNext()) {
        case QXmlStreamReader::StartElement:
            if (++depth > maxXmlDepth)
                return at(xml, QStringLiteral("is nested more than %1 deep").arg(maxXmlDepth));
            if (const auto taken = handler.begin({xml.qualifiedName(), xml.attributes(), depth}); !taken)
                return at(xml, taken.error());
            break;
        case QXmlStreamReader::EndElement:
            handler.end(depth--);
            break;
        case QXmlStreamReader::Characters:
            handler.text(xml.text());
            break;
        default:
            break;
        }
    }
    if (xml.hasError())
        return at(xml, xml.errorString());
    return {};
}

} // namespace prism::reports
