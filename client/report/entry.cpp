#include "client/report/entry.h"

#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QRandomGenerator>

namespace prism::report {

using protocol::Error;
using protocol::ErrorCode;
using protocol::ObjectReader;
using protocol::Presence;
using protocol::Result;

namespace {

constexpr int maxDepth = 4;
constexpr qsizetype mostParts = 1'000;
constexpr qsizetype longestPath = 32'000;
constexpr qsizetype longestName = 100;

constexpr QLatin1String keyField("key"), partsField("parts"), pathField("path"), typeField("type"),
    whenField("when"), sizeField("size");

constexpr std::array<protocol::Name<Part::When>, 3> whenNames{
    {{Part::When::Always, "always"},
     {Part::When::UnlessTold, "unless-told"},
     {Part::When::UnlessBlocked, "unless-blocked"}}};

protocol::Failure damaged(const QString& why)
{
    return protocol::Failure(
        Error{ErrorCode::BadFormat, QStringLiteral("the file in the spool is damaged: ") + why});
}

} // namespace

Entry Entry::withNewKey()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    const QByteArray bytes(reinterpret_cast<const char*>(random.data()), qsizetype(sizeof random));
    return {QString::fromLatin1(bytes.toHex()), {}};
}

QByteArray Entry::keyOf(qsizetype part) const
{
    return key.toLatin1() + '-' + QByteArray::number(part);
}

QByteArray Entry::encoded() const
{
    QByteArray bytes;
    protocol::JsonWriter json(bytes);
    json.beginObject();
    json.field(keyField, key);
    json.key(partsField);
    json.beginArray();
    for (const Part& part : parts) {
        json.beginObject();
        json.field(pathField, part.path);
        json.field(typeField, QString::fromLatin1(part.type));
        json.field(whenField, protocol::nameOf(whenNames, part.when));
        json.field(sizeField, qint64(part.body.size()));
        json.endObject();
    }
    json.endArray();
    json.endObject();
    bytes += '\n';
    for (const Part& part : parts)
        bytes += part.body;
    return bytes;
}

Result<Entry> Entry::decoded(const QByteArray& bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    if (end < 0)
        return damaged(QStringLiteral("it has no first line"));
    PRISM_TRY_ASSIGN(const QJsonObject head, protocol::parseObject(bytes.first(end), maxDepth));
    protocol::Problems problems;
    ObjectReader reader(head, problems);
    Entry entry;
    entry.key = reader.text(keyField, Presence::Required, longestName).value_or(QString());
    qsizetype at = end + 1;
    reader.objects(partsField, Presence::Required, mostParts, [&](ObjectReader& each) {
        Part part;
        part.path = each.text(pathField, Presence::Required, longestPath).value_or(QString());
        part.type = each.text(typeField, Presence::Required, longestName).value_or(QString()).toLatin1();
        part.when = each.choice(whenField, Presence::Required, whenNames).value_or(Part::When::Always);
        const qint64 size = each.integer(sizeField, Presence::Required, 0, bytes.size() - at).value_or(0);
        part.body = bytes.mid(at, size);
        at += size;
        entry.parts.append(std::move(part));
    });
    if (!problems.isEmpty())
        return damaged(problems.toError({}).details.join(QStringLiteral(", ")));
    if (at != bytes.size())
        return damaged(QStringLiteral("it has more than it says"));
    return entry;
}

} // namespace prism::report
