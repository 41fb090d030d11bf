#include "shared/protocol/json_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace prism::protocol {

namespace {

/// JSON's escapes can spell half a surrogate pair, which UTF-8 has no bytes for: it would come back from the
/// database as something else.
QString notUnicode()
{
    return QStringLiteral("must be valid Unicode text");
}

} // namespace

std::optional<double> numberOf(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
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
    const QString trimmed = value->toString().trimmed();
    if (trimmed.isEmpty() && presence == Presence::Required) {
        refuse(ErrorCode::FieldMissing, name, QStringLiteral("must not be empty"));
        return std::nullopt;
    }
    if (trimmed.size() > maxLength) {
        refuse(
            ErrorCode::TooLong, name,
            QStringLiteral("has %1 characters, at most %2 are allowed").arg(trimmed.size()).arg(maxLength));
        return std::nullopt;
    }
    if (trimmed.contains(QChar(0))) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("must not contain a NUL character"));
        return std::nullopt;
    }
    if (!trimmed.isValidUtf16()) {
        refuse(ErrorCode::BadFormat, name, notUnicode());
        return std::nullopt;
    }
    return trimmed;
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

std::optional<qint64> ObjectReader::integer(QLatin1String name, Presence presence, qint64 min, qint64 max)
{
    const std::optional<QJsonValue> value = take(name, presence);
    if (!value)
        return std::nullopt;
    const double given = value->toDouble();
    if (!value->isDouble() || std::trunc(given) != given || given < double(min) || given > double(max)) {
        refuse(value->isDouble() ? ErrorCode::Validation : ErrorCode::BadFormat, name,
               QStringLiteral("must be a whole number from %1 to %2").arg(min).arg(max));
        return std::nullopt;
    }
    return qint64(given);
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
    const std::optional<Timestamp> time = fromIso(*given);
    if (!time) {
        refuse(ErrorCode::BadFormat, name,
               QStringLiteral("must be an ISO 8601 time with a zone, e.g. 2026-02-07T22:30:00.000Z"));
        return std::nullopt;
    }
    if (*time > latest) {
        refuse(ErrorCode::BadFormat, name, QStringLiteral("is later than the server's clock allows"));
        return std::nullopt;
    }
    return time;
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
    for (const auto& entry : array) {
        const QString each = entry.toString();
        if (each.size() > maxLength) {
            refuse(ErrorCode::TooLong, name,
                   QStringLiteral("has an entry of %1 characters, at most %2 are allowed")
                       .arg(each.size())
                       .arg(maxLength));
            return std::nullopt;
        }
        if (!each.isValidUtf16()) {
            refuse(ErrorCode::BadFormat, name, notUnicode());
            return std::nullopt;
        }
        list.append(each);
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
