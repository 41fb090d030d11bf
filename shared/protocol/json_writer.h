#pragma once

#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonValue>
#include <QLatin1String>
#include <QStringView>

namespace prism::protocol {

/// Appends compact UTF-8 JSON to a buffer, in one pass and in the order of the calls. Commas are its own
/// affair; that begin and end match, and that each value of an object has its key, is the caller's.
class JsonWriter
{
public:
    explicit JsonWriter(QByteArray& out)
        : m_out(out)
    {
    }

    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    void beginArray() { begin('['); }
    void endArray() { end(']'); }

    /// `name` is written as it is: a constant that needs no escaping.
    void key(QLatin1String name);

    void value(QStringView text);
    void value(const QString& text) { value(QStringView(text)); }

    /// A constant that needs no escaping.
    void value(QLatin1String name);
    void value(bool truth);
    void value(int number) { value(qint64(number)); }
    void value(qint64 number);

    /// The shortest digits that read back as the same number; null for one that is not finite.
    void value(double number);
    void value(const QJsonValue& json);
    void value(Timestamp time);
    void value(const QStringList& texts);
    void null();

    /// JSON that is encoded already, and is not a part of what is being written.
    void raw(QByteArrayView json);

    template <typename T>
    void field(QLatin1String name, const T& fieldValue)
    {
        key(name);
        value(fieldValue);
    }

private:
    void begin(char bracket);
    void end(char bracket);
    char* reserve(qsizetype most);
    void finish(const char* end);
    char* putComma(char* to);
    void quoted(QByteArrayView plain, QByteArrayView behind = {});
    void escaped(QStringView text, QByteArrayView behind = {});

    QByteArray& m_out;
    bool m_needsComma = false;
};

/// The whole value as JsonWriter writes it.
QByteArray writtenJson(const QJsonValue& value);

} // namespace prism::protocol
