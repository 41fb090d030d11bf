#include "server/app/import_reader.h"
#include "shared/protocol/check.h"
#include "shared/protocol/record.h"
#include "shared/protocol/retro.h"
#include "tests/fuzz/fuzz.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace prism;
using app::ImportKind;
using fuzz::require;

namespace {

/// The input as a file, under both names.
struct Files
{
    Files()
    {
        require(folder.isValid(), "there is a folder to write to");
        QFile file(whole);
        require(file.open(QIODevice::WriteOnly) && QFile::link(whole, lines), "there are files to write to");
    }

    QTemporaryDir folder{QDir(QStringLiteral("/dev/shm")).exists() ? QStringLiteral("/dev/shm/fuzz-XXXXXX")
                                                                   : QDir::tempPath()};
    QString whole = folder.filePath(QStringLiteral("input.json"));
    QString lines = folder.filePath(QStringLiteral("input.ndjson"));
};

bool isValid(ImportKind kind, const QJsonObject& object)
{
    const protocol::Timestamp now = protocol::now();
    const protocol::Timestamp latest = now + protocol::farthestAhead;
    switch (kind) {
    case ImportKind::Check:
        return protocol::checkFromJson(object, now, latest).has_value();
    case ImportKind::Record:
        return protocol::recordDraftFromJson(object).has_value();
    case ImportKind::Retro:
        break;
    }
    return protocol::retroFromJson(object, now, latest).has_value();
}

struct Outcome
{
    QList<QJsonObject> accepted;
    QStringList complaints;

    bool operator==(const Outcome&) const = default;
};

Outcome readFile(const QString& file)
{
    Outcome outcome;
    const app::ImportReader reader(
        [&](const app::ImportObject& object) {
            require(isValid(object.kind, object.json), "what is accepted is valid");
            require(object.kind == ImportKind::Record || object.json.contains(QLatin1String("id")),
                    "what is accepted has an id");
            outcome.accepted.append(object.json);
        },
        [&](const QString& place, const QString& why) {
            require(place.startsWith(file) && !why.isEmpty(), "a complaint says where and why");
            outcome.complaints.append(place + why);
        });
    reader.read({file, QStringLiteral("input")});
    return outcome;
}

} // namespace

/// The input is a file to import: one object, and one object a line.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static const Files files;
    const QByteArray bytes = fuzz::toBytes(data, size);
    {
        QFile file(files.whole);
        require(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size(),
                "the input can be written");
    }
    const Outcome whole = readFile(files.whole);
    require(whole.accepted.size() + whole.complaints.size() == 1, "one file, one answer");

    const Outcome lines = readFile(files.lines);
    require(lines.accepted.size() + lines.complaints.size() <= bytes.count('\n') + 1, "one line, one answer");
    require(readFile(files.lines) == lines, "the same file gives the same ids");
    return 0;
}
