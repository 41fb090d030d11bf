#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/names.h"
#include "shared/protocol/timestamp.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QVarLengthArray>

#include <functional>

namespace prism::protocol {

/// Collects every problem of a body, so that one answer names them all.
class Problems
{
public:
    void add(ErrorCode code, const QString& field, const QString& why);
    bool isEmpty() const { return m_details.isEmpty(); }

    /// One error with all details. Its code is that of the problems when they are all of a kind, else
    /// Validation.
    Error toError(const QString& message) const;

private:
    QStringList m_details;
    QList<ErrorCode> m_codes;
};

/// The number, where the value is one.
std::optional<double> numberOf(const QJsonValue& value);

/// The number, where the value is one, whole, and one of 64 bits.
std::optional<qint64> wholeNumberOf(const QJsonValue& value);

/// "must be an ISO 8601 time …", with what readIso() says is wrong.
QString noTime(const QString& why);

/// What is wrong with a time later than `farthestAhead` allows.
QString tooFarAhead();

/// As a number is on the wire: null for nothing.
QJsonValue numberJson(std::optional<double> number);

/// The same of a fraction from 0 to 1, which has 4 places on the wire.
QJsonValue rateJson(std::optional<double> rate);

enum class Presence { Required, Optional };

/// Reads one JSON object field by field, noting what is wrong with each under its full path
/// ("violations[2].severity"). A null counts as absent.
class ObjectReader
{
public:
    ObjectReader(const QJsonObject& object, Problems& problems, const QString& path = {});

    bool has(QLatin1String name) const;
    bool isObject(QLatin1String name) const;

    /// A text as cleaned() has it, of up to maxLength characters, see charactersIn(); not blank when it is
    /// required, and empty when it is blank. Without NUL characters and halves of surrogate pairs.
    std::optional<QString> text(QLatin1String name, Presence presence, qsizetype maxLength);

    /// Any finite number.
    std::optional<double> number(QLatin1String name, Presence presence);

    /// A finite number from min to max.
    std::optional<double> number(QLatin1String name, Presence presence, double min, double max);

    /// A whole number from 0 to 2^53.
    std::optional<qint64> count(QLatin1String name, Presence presence);

    /// A whole number from min to max.
    std::optional<qint64> integer(QLatin1String name, Presence presence, qint64 min, qint64 max);

    std::optional<bool> boolean(QLatin1String name, Presence presence);

    /// An ISO 8601 time with a zone, no later than `latest`.
    std::optional<Timestamp> timestamp(QLatin1String name, Presence presence, Timestamp latest);

    std::optional<QJsonObject> object(QLatin1String name, Presence presence);

    /// A list of numbers, with nothing where there is a null.
    QList<std::optional<double>> numbers(QLatin1String name, Presence presence);

    /// Calls `read` with a reader for the object, when there is one.
    void nested(QLatin1String name, Presence presence, const std::function<void(ObjectReader&)>& read);

    /// Up to maxCount texts of up to maxLength characters each, in NFC and otherwise as they came.
    std::optional<QStringList> texts(QLatin1String name, Presence presence, qsizetype maxCount,
                                     qsizetype maxLength);

    /// Calls `each` with a reader for every object of the list, of which there are maxCount at most.
    void objects(QLatin1String name, Presence presence, qsizetype maxCount,
                 const std::function<void(ObjectReader&)>& each);

    template <typename E, std::size_t N>
    std::optional<E> choice(QLatin1String name, Presence presence, const std::array<Name<E>, N>& names)
    {
        const std::optional<QString> given = text(name, presence, 100);
        if (!given)
            return std::nullopt;
        const std::optional<E> value = valueOf(names, *given);
        if (!value)
            refuse(ErrorCode::Validation, name, choices(names));
        return value;
    }

    /// Notes a problem of one field.
    void refuse(ErrorCode code, QLatin1String name, const QString& why);

    /// Notes every field that was not asked for until now.
    void refuseUnknown();

private:
    std::optional<QJsonValue> take(QLatin1String name, Presence presence);
    QString pathOf(const QString& name) const;

    const QJsonObject m_object;
    Problems& m_problems;
    const QString m_path;
    QVarLengthArray<QLatin1String, 16> m_asked;
};

} // namespace prism::protocol
