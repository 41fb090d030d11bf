#include "shared/protocol/object_text.h"

#include "shared/protocol/json_writer.h"

#include <QJsonDocument>

namespace prism::protocol {

ObjectText::ObjectText(const QJsonObject& object)
    : m_text(object.isEmpty() ? QByteArray() : writtenJson(object))
{
}

/// Within a text of JSON a line break is an escape: one that is bare stands between its parts.
ObjectText ObjectText::asGiven(QByteArrayView text)
{
    ObjectText given;
    given.m_text = text.toByteArray();
    given.m_text.replace('\n', ' ').replace('\r', ' ');
    return given;
}

QJsonObject ObjectText::object() const
{
    return QJsonDocument::fromJson(m_text).object();
}

} // namespace prism::protocol
