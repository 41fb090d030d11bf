#include "server/rules/judgement.h"

#include "shared/protocol/json_writer.h"

namespace prism::rules {

using protocol::JsonWriter;

namespace {

void write(JsonWriter& json, const Match& match)
{
    json.beginObject();
    json.field(QLatin1String("principleId"), match.principleId);
    json.field(QLatin1String("level"), protocol::nameOf(levelNames, match.level));
    json.key(QLatin1String("phases"));
    json.beginArray();
    for (const Phase phase : match.phases)
        json.value(protocol::nameOf(phaseNames, phase));
    json.endArray();
    json.field(QLatin1String("kind"),
               match.kind == Match::Kind::Keyword ? QLatin1String("keyword") : QLatin1String("pattern"));
    json.field(QLatin1String("rule"), match.rule);
    json.field(QLatin1String("severity"), toString(match.severity));
    json.field(QLatin1String("confidence"), match.confidence);
    json.field(QLatin1String("start"), qint64(match.start));
    json.field(QLatin1String("length"), qint64(match.length));
    json.field(QLatin1String("text"), match.text);
    json.endObject();
}

} // namespace

QByteArray encode(const Judgement& judgement)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    json.field(QLatin1String("checkLevel"), protocol::nameOf(checkLevelNames, judgement.checkLevel));
    if (judgement.phase)
        json.field(QLatin1String("phase"), protocol::nameOf(phaseNames, *judgement.phase));
    json.field(QLatin1String("rulesVersion"), judgement.version);
    json.field(QLatin1String("principles"), qint64(judgement.principles));
    json.key(QLatin1String("matches"));
    json.beginArray();
    for (const Match& match : judgement.matches)
        write(json, match);
    json.endArray();
    json.field(QLatin1String("matchesLeftOut"), qint64(judgement.matchesLeftOut));
    json.field(QLatin1String("violationsLeftOut"), qint64(judgement.violationsLeftOut));
    json.endObject();
    return text;
}

} // namespace prism::rules
