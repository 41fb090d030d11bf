#include "server/app/import_reader.h"

#include "shared/protocol/check.h"
#include "shared/protocol/json_scan.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/record.h"
#include "shared/protocol/retro.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace prism::app {

using protocol::Error;

namespace {

constexpr qint64 longestObject = 1024 * 1024;
constexpr int maxDepth = 32;

bool isLines(const QString& file)
{
    return file.endsWith(QLatin1String(".ndjson")) || file.endsWith(QLatin1String(".jsonl"));
}

ImportKind kindOf(const QJsonObject& object)
{
    if (object.contains(QLatin1String("status")))
        return ImportKind::Check;
    if (object.contains(QLatin1String("name")))
        return ImportKind::Record;
    return ImportKind::Retro;
}

std::optional<Error> validate(ImportKind kind, const QJsonObject& object)
{
    const protocol::Timestamp now = protocol::now();
    const auto errorOf = [](const auto& result) {
        return result ? std::nullopt : std::optional<Error>(result.error());
    };
    switch (kind) {
    case ImportKind::Check:
        return errorOf(protocol::checkFromJson(object, now, now + protocol::farthestAhead));
    case ImportKind::Record:
        return errorOf(
            protocol::recordDraftFromJson(object, {longestObject})); // the server says what it takes
    case ImportKind::Retro:
        break;
    }
    return errorOf(protocol::retroFromJson(object, now, now + protocol::farthestAhead));
}

/// Without symbolic links, dots and what the current folder is.
QString placeOf(const QString& path)
{
    const QFileInfo info(path);
    const QString canonical = info.canonicalFilePath();
    return canonical.isEmpty() ? info.absoluteFilePath() : canonical;
}

QString idOf(const QByteArray& text, const QString& place)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(text.trimmed());
    hash.addData(QByteArray(1, '\0'));
    hash.addData(place.toUtf8());
    return QStringLiteral("import-") + QString::fromLatin1(hash.result().toHex());
}

} // namespace

ImportReader::ImportReader(Accept accept, Complain complain)
    : m_accept(std::move(accept))
    , m_complain(std::move(complain))
{
}

QList<ImportFile> ImportReader::filesOf(const QStringList& paths) const
{
    QList<ImportFile> files;
    QSet<QString> places;
    const auto add = [&](const QString& path) {
        const QString place = placeOf(path);
        if (!places.contains(place))
            files.append({path, place});
        places.insert(place);
    };
    for (const QString& path : paths) {
        const QFileInfo info(path);
        if (info.isDir()) {
            QStringList found;
            QDirIterator folder(
                path, {QStringLiteral("*.json"), QStringLiteral("*.ndjson"), QStringLiteral("*.jsonl")},
                QDir::Files, QDirIterator::Subdirectories);
            while (folder.hasNext())
                found.append(folder.next());
            found.sort();
            for (const QString& file : std::as_const(found))
                add(file);
        } else if (info.exists()) {
            add(path);
        } else {
            m_complain(path, QStringLiteral("there is no such file or folder"));
        }
    }
    return files;
}

void ImportReader::read(const ImportFile& file) const
{
    if (isLines(file.path))
        readLines(file);
    else
        readWhole(file);
}

void ImportReader::readWhole(const ImportFile& file) const
{
    QFile input(file.path);
    if (!input.open(QIODevice::ReadOnly)) {
        m_complain(file.path, input.errorString());
        return;
    }
    const QByteArray text = input.read(longestObject + 1);
    if (text.size() > longestObject)
        m_complain(file.path, QStringLiteral("is over %1 bytes").arg(longestObject));
    else
        readObject(text, file.path, file.place);
}

void ImportReader::readLines(const ImportFile& file) const
{
    QFile input(file.path);
    if (!input.open(QIODevice::ReadOnly)) {
        m_complain(file.path, input.errorString());
        return;
    }
    for (qint64 number = 1; !input.atEnd(); ++number) {
        const QString place = QStringLiteral("%1, line %2").arg(file.path).arg(number);
        QByteArray line = input.readLine(longestObject + 1);
        if (line.size() > longestObject - 1 && !line.endsWith('\n')) {
            m_complain(place, QStringLiteral("is over %1 bytes").arg(longestObject));
            return;
        }
        line.chop(line.endsWith('\n') ? 1 : 0);
        if (!std::all_of(line.begin(), line.end(), protocol::isJsonSpace))
            readObject(line, place, QStringLiteral("%1:%2").arg(file.place).arg(number));
    }
}

void ImportReader::readObject(const QByteArray& text, const QString& place, const QString& placeForId) const
{
    const auto parsed = protocol::parseObject(text, maxDepth);
    if (!parsed) {
        m_complain(place, parsed.error().details.join(QStringLiteral("; ")));
        return;
    }
    QJsonObject object = *parsed;
    const ImportKind kind = kindOf(object);
    if (kind == ImportKind::Retro)
        object.remove(QLatin1String("violations")); // kept with its check, never with a retrospective
    if (kind != ImportKind::Record && !object.contains(QLatin1String("id")))
        object.insert(QLatin1String("id"), idOf(text, placeForId));
    if (const auto error = validate(kind, object)) {
        m_complain(place, error->details.join(QStringLiteral("; ")));
        return;
    }
    m_accept({kind, object, place, text});
}

} // namespace prism::app
