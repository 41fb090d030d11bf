#include "server/service/runs.h"

#include "server/service/gates.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/json_writer.h"

#include <QCryptographicHash>

namespace prism::service {

using protocol::Check;
using protocol::Result;
using store::Transaction;

namespace {

QString idOf(const QString& system, const QString& project, const QString& key)
{
    constexpr qsizetype length = 40;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& part : {system, project, key}) {
        hash.addData(part.toUtf8());
        hash.addData(QByteArray(1, '\0'));
    }
    return runPrefix + QString::fromLatin1(hash.result().toHex().first(length));
}

/// Of what follows when it is told anew.
QByteArray contentOf(const Check& check)
{
    Check changing;
    changing.status = check.status;
    changing.url = check.url;
    changing.violations = check.violations;
    return QCryptographicHash::hash(encode(changing), QCryptographicHash::Sha256);
}

RunOutcome outcome(const char* what, const Check& check, const QString& reason = {})
{
    RunOutcome made;
    protocol::JsonWriter json(made.json);
    json.beginObject();
    json.field(QLatin1String("outcome"), QLatin1String(what));
    if (!reason.isEmpty())
        json.field(QLatin1String("reason"), reason);
    json.field(QLatin1String("checkId"), check.id);
    json.endObject();
    return made;
}

Result<RunOutcome> add(Transaction& transaction, const Actor& actor, const ToldRun& run)
{
    // Where its violations are why it does not pass, those that are known as false positives are no reason.
    constexpr store::Arrival arrival{.imported = false, .isJudgedByViolations = true};
    PRISM_TRY_ASSIGN(const auto kept, Checks::addNew(transaction, actor, run.check, arrival));
    const Check& check = run.check.entry;
    if (!kept)
        return outcome("ignored", check, QStringLiteral("it ended before the oldest check that is kept"));
    PRISM_TRY(transaction.runs().note(check.id, run.told));
    RunOutcome added = outcome("created", check);
    added.isNew = true;
    return added;
}

} // namespace

ToldRun Runs::identify(const QString& system, const QString& key, const store::Edition& edition, Check check)
{
    check.id = idOf(system, check.project, key);
    const QByteArray content = contentOf(check);
    return {Checks::New::of(std::move(check)), {edition, content}};
}

Result<RunOutcome> Runs::tell(Transaction& transaction, const Actor& actor, const ToldRun& run)
{
    const Check& check = run.check.entry;
    const Result<Check> there = transaction.checks().excerpt(check.id);
    if (!there && there.error().code == protocol::ErrorCode::NotFound)
        return add(transaction, actor, run);
    PRISM_TRY(there);
    if (there->project != check.project)
        return outcome("ignored", check, QStringLiteral("its id was given to a check of another project"));
    PRISM_TRY_ASSIGN(const auto known, transaction.runs().find(check.id));
    if (known && run.told.edition < known->edition)
        return outcome("outdated", check, QStringLiteral("a later attempt or end was told before"));
    PRISM_TRY(transaction.runs().note(check.id, run.told));
    if (known && run.told.content == known->content)
        return outcome("unchanged", check);
    PRISM_TRY(Checks::retell(transaction, actor, check));
    return outcome("updated", check);
}

} // namespace prism::service
