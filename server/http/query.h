#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <optional>

namespace prism::http {

/// The text in a part of a path: what "%41" stands for is decoded.
QString percentDecoded(QByteArrayView part);

/// The names and values behind the question mark of an address, as application/x-www-form-urlencoded has
/// them: "+" is a space, and "%41" stands for a byte of UTF-8. Decodes what is asked for. A value.
class Query
{
public:
    Query() = default;
    explicit Query(QByteArray encoded)
        : m_encoded(std::move(encoded))
    {
    }

    /// As it was sent, without the question mark.
    const QByteArray& encoded() const { return m_encoded; }

    /// The first value of this name; nothing when the name is absent.
    std::optional<QString> value(const QString& name) const;

    /// All values of a repeated name, in their order.
    QStringList values(const QString& name) const;

private:
    /// Calls `take` with each encoded value of this name, until it returns false.
    template <typename Take>
    void visit(const QString& name, const Take& take) const;

    QByteArray m_encoded;
};

} // namespace prism::http
