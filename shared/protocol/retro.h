#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/timestamp.h"

#include <QJsonObject>
#include <QLatin1String>

namespace prism::protocol {

enum class RetroType { Quick, Standard, Deep };

QLatin1String toString(RetroType type);
std::optional<RetroType> retroTypeFromString(QStringView text);

/// What a team learned in one sitting. Empty texts mean "not said".
struct Retro
{
    QString id; ///< up to 100 characters, unique; the server makes a UUID version 7 where it is empty
    RetroType type = RetroType::Quick;
    QString project;
    double duration = 0; ///< milliseconds, 0 when it was not measured
    QString summary;
    QStringList lessons;
    QStringList improvements;
    Timestamp timestamp;
    QString user;

    bool operator==(const Retro&) const = default;
};

/// As compact UTF-8 JSON.
QByteArray encode(const Retro& retro);

/// Reads a retrospective as a caller writes it: `id` and `timestamp` may be missing (then empty, and `now`),
/// timestamps up to `latest` are accepted, unknown fields are refused.
Result<Retro> retroFromJson(const QJsonObject& json, Timestamp now, Timestamp latest);

/// Reads a retrospective as the server wrote it; a newer server may say more.
Result<Retro> retroFromJson(const QJsonObject& json);

} // namespace prism::protocol
