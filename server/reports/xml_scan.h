#pragma once

#include <QString>

#include <optional>

namespace prism::reports {

struct XmlFault
{
    qsizetype at = 0; ///< characters from the beginning
    QString why;
};

/// What a text of XML has that a reader of XML would take long for: declarations of its own in its document
/// type, which may have entities multiply, and tags with more attributes than any format has, which
/// QXmlStreamReader compares each with each. Says nothing of whether the text is well-formed.
std::optional<XmlFault> findExcess(QStringView text);

} // namespace prism::reports
