#include "shared/protocol/json_reader.h"

#include "shared/protocol/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace prism::protocol {

namespace {

std::optional<std::pair<ErrorCode, QString>> problemOfText(const QString& text, qsizetype maxLength)
{
    const qsizetype length = text.size() > maxLength ? charactersIn(text) : 0;
    if (length > maxLength)
        return std::pair(
            ErrorCode::TooLong,
            QStringLiteral("has %1 characters, at most %2 are allowed").arg(length).arg(maxLength));
    if (text.contains(QChar(0)))
        return std::pair(ErrorCode::BadFormat, QStringLiteral("must not contain a NUL character"));
    if (!text.isValidUtf16())
        return std::pair(ErrorCode::BadFormat, QStringLiteral("must be valid Unicode text"));
    return std::nullopt;
}

} // namespace

QString noTime(const QString& why)
{
    return QStringLiteral("must be an ISO 8601 time with a zone, e.g. 2026-02-07T22:30:00.000Z: %1").arg(why);
}

QString tooFarAhead()
{
    return QStringLiteral("is more than %1 minutes ahead of the server's clock").arg(farthestAhead.count());
}

std::optional<double> numberOf(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

/// QJsonValue keeps whole numbers of 64 bits as they are; its toInteger() gives the default for all else.
std::optional<qint64> wholeNumberOf(const QJsonValue& value)
{
    constexpr qint64 one = 1;
    constexpr qint64 other = 2;
    const qint64 number = value.toInteger(one);
    return number != one || value.toInteger(other) == one ? std::optional(number) : std::nullopt;
}

QJsonValue numberJson(std::optional<double> number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QJsonValue rateJson(std::optional<double> rate)
{
    return rate ? QJsonValue(std::round(*rate * 1e4) / 1e4) : QJsonValue(QJsonValue::Null);
}

void Problems::add(ErrorCode code, const QString& field, const QString& why)
{
    constexpr qsizetype mostDetails = 100;
    if (m_details.size() < mostDetails)
        m_details.append(field.isEmpty() ? why : field + QStringLiteral(": ") + why);
    if (!m_codes.contains(code))
        m_codes.append(code);
}

Error Problems::toError(const QString& message) const
{
    return {m_codes.size() == 1 ? m_codes.first() : ErrorCode::Validation, message, m_details};
}

ObjectReader::ObjectReader(const QJsonObject& object, Problems& problems, const QString& path)
    : m_object(object)
    , m_problems(problems)
    , m_path(path)
{
}

bool ObjectReader::has(QLatin1String name) const
{
    return m_object.contains(name);
}

bool ObjectReader::isObject(QLatin1String name) const
{
    return m_object.value(name).isObject();
}

std::optional<QString> ObjectReader::text(QLatin1String name, Presence presence, qsizetype maxLength)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return std::nullopt;
    if (!value->isString()) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("must be text"));
        return std::nullopt;
    }
    const QString given = cleaned(value->toString());
    if (const auto problem = problemOfText(given, maxLength)) {
        refuse(problem->first, name, problem->second);
        return std::nullopt;
    }
    if (!isBlank(given))
        return given;
    if (presence == Presence::Optional)
        return QString(QLatin1String(""));
    refuse(ErrorCode::FieldMissing, name,
           given.isEmpty() ? QStringLiteral("must not be empty")
                           : QStringLiteral("must not be blank: nothing of it can be seen"));
    return std::nullopt;
}

std::optional<double> ObjectReader::number(QLatin1String name, Presence presence)
{
    constexpr double largest = std::numeric_limits<double>::max();
    return number(name, presence, -largest, largest);
}

std::optional<double> ObjectReader::number(QLatin1String name, Presence presence, double min, double max)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return std::nullopt;
    if (!value->isDouble()) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("must be a number"));
        return std::nullopt;
    }
    const double given = value->toDouble();
    if (!std::isfinite(given) || given < min || given > max) {
        refuse(ErrorCode::Validation, name,
               QStringLiteral("must be from %1 to %2").arg(min, 0, 'g', 12).arg(max, 0, 'g', 12));
        return std::nullopt;
    }
    return given;
}

std::optional<qint64> ObjectReader::count(QLatin1String name, Presence presence)
{
    return integer(name, presence, 0, qint64(1) << 53);
}

/// A number is whole by its value: 2.0 and 2e3 are, and a double does not round one that is too large.
std::optional<qint64> ObjectReader::integer(QLatin1String name, Presence presence, qint64 min, qint64 max)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return std::nullopt;
    const std::optional<qint64> given = wholeNumberOf(*value);
    if (!given || *given < min || *given > max) {
        refuse(value->isDouble() ? ErrorCode::Validation : ErrorCode::BadFormat, name,
               QStringLiteral("must be a whole number from %1 to %2").arg(min).arg(max));
        return std::nullopt;
    }
    return given;
}

std::optional<bool> ObjectReader::boolean(QLatin1String name, Presence presence)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return std::nullopt;
    if (!value->isBool()) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("must be true or false"));
        return std::nullopt;
    }
    return value->toBool();
}

std::optional<Timestamp> ObjectReader::timestamp(QLatin1String name, Presence presence, Timestamp latest)
{
    const std::optional<QString> given = text(name, presence, 100);
    if (!given)
        return std::nullopt;
    const auto time = readIso(*given);
    if (!time) {
        refuse(ErrorCode::BadFormat, name, noTime(time.error()));
        return std::nullopt;
    }
    if (*time > latest) {
        refuse(ErrorCode::BadFormat, name, tooFarAhead());
        return std::nullopt;
    }
    return *time;
}

std::optional<QJsonObject> ObjectReader::object(QLatin1String name, Presence presence)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return std::nullopt;
    if (!value->isObject()) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("must be an object"));
        return std::nullopt;
    }
    return value->toObject();
}

QList<std::optional<double>> ObjectReader::numbers(QLatin1String name, Presence presence)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return {};
    const QJsonArray array = value->toArray();
    if (!value->isArray() ||
        std::any_of(array.begin(), array.end(), [](const auto& v) { return !v.isDouble() && !v.isNull(); })) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("must be a list of numbers"));
        return {};
    }
    QList<std::optional<double>> list;
    for (const auto& entry : array)
        list.append(numberOf(entry));
    return list;
}

void ObjectReader::nested(QLatin1String name, Presence presence,
                          const std::function<void(ObjectReader&)>& read)
{
    const std::optional<QJsonObject> inner = object(name, presence);
    if (!inner)
        return;
    ObjectReader reader(*inner, m_problems, pathOf(QString(name)));
    read(reader);
}

std::optional<QStringList> ObjectReader::texts(QLatin1String name, Presence presence, qsizetype maxCount,
                                               qsizetype maxLength)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return std::nullopt;
    const QJsonArray array = value->toArray();
    if (!value->isArray() ||
        std::any_of(array.begin(), array.end(), [](const auto& v) { return !v.isString(); })) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("must be a list of texts"));
        return std::nullopt;
    }
    if (array.size() > maxCount) {
        refuse(ErrorCode::TooLong, name,
               QStringLiteral("has %1 entries, at most %2 are allowed").arg(array.size()).arg(maxCount));
        return std::nullopt;
    }
    QStringList list;
    bool isRefused = false; // one is named, and all that are good are read
    for (const auto& entry : array) {
        const QString each = composed(entry.toString());
        const auto problem = problemOfText(each, maxLength);
        if (!problem)
            list.append(each);
        else if (!std::exchange(isRefused, true))
            refuse(problem->first, name, QStringLiteral("an entry ") + problem->second);
    }
    return list;
}

void ObjectReader::objects(QLatin1String name, Presence presence, qsizetype maxCount,
                           const std::function<void(ObjectReader&)>& each)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return;
    if (!value->isArray()) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("must be a list"));
        return;
    }
    const QJsonArray array = value->toArray();
    if (array.size() > maxCount) {
        refuse(ErrorCode::TooLong, name,
               QStringLiteral("has %1 entries, at most %2 are allowed").arg(array.size()).arg(maxCount));
        return;
    }
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString path = QStringLiteral("%1[%2]").arg(pathOf(QString(name))).arg(i);
        if (!array[i].isObject()) {
            m_problems.add(ErrorCode::BadFormat, path, QStringLiteral("must be an object"));
            continue;
        }
        ObjectReader reader(array[i].toObject(), m_problems, path);
        each(reader);
    }
}

void ObjectReader::refuse(ErrorCode code, QLatin1String name, const QString& why)
{
    m_problems.add(code, pathOf(QString(name)), why);
}

void ObjectReader::refuseUnknown()
{
    for (auto field = m_object.begin(); field != m_object.end(); ++field) {
        const QString name = field.key();
        if (std::none_of(m_asked.begin(), m_asked.end(), [&](QLatin1String asked) { return name == asked; }))
            m_problems.add(ErrorCode::Validation, pathOf(name.left(100)),
                           QStringLiteral("is not a known field"));
    }
}

std::optional<QJsonValue> ObjectReader::take(QLatin1String name, Presence presence)
{
    m_asked.append(name);
    const QJsonValue value = m_object.value(name);
    if (!value.isUndefined() && !value.isNull())
        return value;
    if (presence == Presence::Required)
        refuse(ErrorCode::FieldMissing, name, QStringLiteral("is required"));
    return std::nullopt;
}

QString ObjectReader::pathOf(const QString& name) const
{
    return m_path.isEmpty() ? name : m_path + QLatin1Char('.') + name;
}

} // namespace prism::protocol
