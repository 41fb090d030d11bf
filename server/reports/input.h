#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace prism::reports {

/// Asked while a file is read: whether that is to end, because nobody waits for it any more. May be empty.
using IsEnough = std::function<bool()>;

// What readers of result files begin with. All of it is bounded: what a file of 20 MiB can be made of costs
// no more than a few hundred megabytes and seconds.

/// The refusal of a file: where in it, a line or a path, and what is wrong there.
protocol::Failure unreadable(const QString& place, const QString& why,
                             protocol::ErrorCode code = protocol::ErrorCode::BadFormat);

/// Unavailable when it is enough: to be asked for each line, tag or entry.
protocol::Result<void> goOn(const IsEnough& isEnough);

/// "line 3, column 7" of a byte of a text that begins in line `first`.
QString placeIn(QByteArrayView text, qsizetype at, int first = 1);

/// The text as UTF-8 without the mark of its encoding; UTF-16 and UTF-32 are known by their mark.
QByteArray withoutMark(const QByteArray& bytes);

/// What a file of JSON says, or a line of it: an object or a list. NotJson.
protocol::Result<QJsonValue> readJson(const QByteArray& bytes, int line = 1);

/// The list called so. BadFormat where there is something else, or nothing.
protocol::Result<QJsonArray> listIn(const QJsonObject& object, QLatin1String name, const QString& path = {});

/// The object that stands at `path`. BadFormat where there is something else.
protocol::Result<QJsonObject> objectAt(const QJsonValue& value, const QString& path);

/// "runs[2]".
QString pathTo(const QString& list, qsizetype index);

/// A place in a file, as a number from 1 on; 0 where there is none.
int placeNumber(const QJsonValue& value);
int placeNumber(const QString& text);

} // namespace prism::reports
