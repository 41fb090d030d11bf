#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QVarLengthArray>

namespace prism::http {

/// The header fields of a request. Most are never asked for, so all of them lie in one piece of memory.
/// A value, of whichever thread has it.
class Fields
{
public:
    /// `name` in any case.
    void add(QByteArrayView name, QByteArrayView value);

    qsizetype size() const { return m_places.size(); }
    qsizetype count(QByteArrayView lowerCaseName) const;
    bool contains(QByteArrayView lowerCaseName) const { return count(lowerCaseName) > 0; }

    /// Repeated ones are joined by ", ". Empty when the field is absent.
    QByteArray value(QByteArrayView lowerCaseName) const;

    /// Whether there is one that makes the request conditional: If-Match and its like.
    bool haveConditions() const { return m_haveConditions; }

private:
    struct Place
    {
        qsizetype name = 0;
        qsizetype value = 0;
        qsizetype end = 0;
    };

    QByteArrayView nameAt(const Place& place) const
    {
        return QByteArrayView(m_text).sliced(place.name, place.value - place.name);
    }

    QByteArray m_text; ///< each name, in lower case, with its value behind it
    QVarLengthArray<Place, 8> m_places;
    bool m_haveConditions = false;
};

} // namespace prism::http
