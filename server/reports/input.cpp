#include "server/reports/input.h"

#include "server/reports/short_texts.h"
#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_scan.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>
#include <limits>

namespace prism::reports {

using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

constexpr int maxJsonDepth = 64;

/// An object or a list that holds something costs some 200 bytes, whatever it is.
bool hasTooManyParts(QByteArrayView json)
{
    constexpr qint64 most = 1'500'000;
    qint64 parts = 0;
    bool isText = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"')
            isText = !isText;
        else if (isText && c == '\\')
            ++i;
        else if (!isText && (c == '{' || c == '['))
            ++parts;
    }
    return parts > most;
}

int placeWithin(qint64 number)
{
    constexpr qint64 most = std::numeric_limits<int>::max();
    return number >= 1 && number <= most ? int(number) : 0;
}

} // namespace

Failure unreadable(const QString& place, const QString& why, ErrorCode code)
{
    return Failure(protocol::Error{code,
                                   QStringLiteral("The report cannot be read; nothing was stored."),
                                   {place + QStringLiteral(": ") + why}});
}

Result<void> goOn(const IsEnough& isEnough)
{
    if (!isEnough || !isEnough())
        return {};
    return unreadable(QStringLiteral("report"), QStringLiteral("nobody waits for it any more"),
                      ErrorCode::Unavailable);
}

QString placeIn(QByteArrayView text, qsizetype at, int first)
{
    const QByteArrayView before = text.first(std::min(at, text.size()));
    const qsizetype line = std::count(before.begin(), before.end(), '\n') + first;
    return QStringLiteral("line %1, column %2").arg(line).arg(before.size() - before.lastIndexOf('\n'));
}

QByteArray withoutMark(const QByteArray& bytes)
{
    const auto encoding = QStringConverter::encodingForData(bytes);
    if (!encoding)
        return bytes;
    if (*encoding == QStringConverter::Utf8)
        return bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes;
    const QString text = QStringDecoder(*encoding)(bytes);
    return text.toUtf8();
}

Result<QJsonValue> readJson(const QByteArray& bytes, int line)
{
    const QByteArray text = withoutMark(bytes);
    const protocol::JsonScan scan(text, maxJsonDepth);
    if (const auto& fault = scan.malformed())
        return unreadable(placeIn(text, fault->at, line), fault->why, ErrorCode::NotJson);
    if (!scan.isContainer())
        return unreadable(placeIn(text, 0, line), QStringLiteral("must be an object or a list"));
    if (hasTooManyParts(text))
        return unreadable(QStringLiteral("report"),
                          QStringLiteral("has more than 1,500,000 objects and lists"), ErrorCode::TooLong);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(withShortTexts(text), &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(placeIn(text, error.offset, line), error.errorString(), ErrorCode::NotJson);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

Result<QJsonArray> listIn(const QJsonObject& object, QLatin1String name, const QString& path)
{
    const QJsonValue value = object.value(name);
    if (value.isArray())
        return value.toArray();
    return unreadable(path.isEmpty() ? QString(name) : path + QLatin1Char('.') + name,
                      value.isUndefined() ? QStringLiteral("is required") : QStringLiteral("must be a list"));
}

Result<QJsonObject> objectAt(const QJsonValue& value, const QString& path)
{
    if (value.isObject())
        return value.toObject();
    return unreadable(path, QStringLiteral("must be an object"));
}

QString pathTo(const QString& list, qsizetype index)
{
    return QStringLiteral("%1[%2]").arg(list).arg(index);
}

int placeNumber(const QJsonValue& value)
{
    return placeWithin(protocol::wholeNumberOf(value).value_or(0));
}

int placeNumber(const QString& text)
{
    return placeWithin(text.trimmed().toLongLong());
}

} // namespace prism::reports
