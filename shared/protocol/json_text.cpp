#include "shared/protocol/json_text.h"

#include "shared/protocol/json_scan.h"
#include "shared/protocol/json_slices.h"
#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::protocol {

namespace {

Failure notJson(const JsonFault& fault)
{
    return Failure(Error{ErrorCode::NotJson,
                         QStringLiteral("The text is not JSON."),
                         {QStringLiteral("%1, at byte %2").arg(fault.why).arg(fault.at)}});
}

Failure notStorable(QByteArrayView text, const std::vector<JsonFault>& faults)
{
    std::vector<qsizetype> places;
    for (const JsonFault& fault : faults)
        places.push_back(fault.at);
    const QStringList paths = pathsTo(text, places);
    Error error{ErrorCode::BadFormat, QStringLiteral("The JSON says what cannot be kept."), {}};
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const QString path = paths.value(qsizetype(i));
        error.details.append((path.isEmpty() ? QString() : path + QStringLiteral(": ")) + faults[i].why);
    }
    return Failure(error);
}

/// QJsonDocument knows objects and arrays alone, and JSON any value.
QJsonValue readJson(const QByteArray& text, const JsonScan& scan)
{
    if (!scan.isContainer())
        return QJsonDocument::fromJson('[' + text + ']').array().first();
    const QJsonDocument document = QJsonDocument::fromJson(text);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

} // namespace

Result<QJsonValue> parseJson(const QByteArray& text, int maxDepth)
{
    const JsonScan scan(text, maxDepth);
    if (scan.malformed())
        return notJson(*scan.malformed());
    if (!scan.unstorable().empty())
        return notStorable(text, scan.unstorable());
    return scan.hasMarkedText() ? readJson(QByteArray(text).replace("\"\xEF\xBB\xBF", "\"\\ufeff"), scan)
                                : readJson(text, scan);
}

Result<QJsonObject> parseObject(const QByteArray& text, int maxDepth)
{
    PRISM_TRY_ASSIGN(const QJsonValue value, parseJson(text, maxDepth));
    if (!value.isObject())
        return Failure(Error{ErrorCode::BadFormat,
                             QStringLiteral("The body must be a JSON object."),
                             {QStringLiteral("must be a JSON object")}});
    return value.toObject();
}

} // namespace prism::protocol
