#pragma once

#include "server/reports/input.h"
#include "server/reports/short_texts.h"

#include <QXmlStreamAttributes>

namespace prism::reports {

/// What begins in a file of XML.
struct XmlTag
{
    QStringView name;
    const QXmlStreamAttributes& attributes;
    int depth = 1; ///< of the root

    /// Of an attribute, no more than is read of any text.
    QString text(const char* attribute) const
    {
        return attributes.value(QLatin1String(attribute)).left(longestText).toString();
    }
};

/// Is told what is in a file of XML, in its order.
class XmlHandler
{
public:
    virtual ~XmlHandler() = default;

    /// The error is of a file that is none of its format.
    virtual protocol::Result<void> begin(const XmlTag& tag) = 0;

    /// A piece of what stands between the tags.
    virtual void text(QStringView piece) = 0;

    /// Of the tag that began at this depth.
    virtual void end(int depth) = 0;
};

/// Reads a whole file, of any encoding that XML knows. It is read as it stands: what a document type declares
/// is refused, so that no entity is ever put in. Characters that XML does not have, which tools write into it
/// all the same, are shown as U+FFFD. Time is linear in the size, and little memory is taken beyond the text.
/// The error names line and column.
protocol::Result<void> readXml(const QByteArray& bytes, XmlHandler& handler, const IsEnough& isEnough = {});

} // namespace prism::reports
