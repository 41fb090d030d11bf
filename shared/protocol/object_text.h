#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

namespace prism::protocol {

/// A JSON object that is kept as the text it came as: the order of its members, the digits of its numbers and
/// the spelling of its texts stay. Only line breaks between its parts become spaces, so that it may stand in
/// what is sent line by line. A value.
class ObjectText
{
public:
    /// Nothing was said, which is not the same as an object without members.
    ObjectText() = default;

    /// As JsonWriter writes it; nothing for one without members.
    explicit ObjectText(const QJsonObject& object);

    /// The text of an object, which is JSON.
    static ObjectText asGiven(QByteArrayView text);

    bool isNull() const { return m_text.isEmpty(); }
    const QByteArray& text() const { return m_text; }
    QJsonObject object() const;

    bool operator==(const ObjectText&) const = default;

private:
    QByteArray m_text;
};

} // namespace prism::protocol
