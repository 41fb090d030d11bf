#include "server/service/result_files.h"

#include "shared/protocol/json_writer.h"

#include <QCryptographicHash>

namespace prism::service {

using protocol::Check;
using protocol::Result;
using protocol::Timestamp;

namespace {

constexpr std::chrono::hours oneRun{1};

/// A tool's file has no status of its own: it is what the findings say that count.
constexpr store::Arrival judged{.imported = false, .isJudgedByViolations = true};

/// What tells the run of a check from every other; empty where nothing does.
QString runOf(const Check& check, bool hasTime)
{
    if (!check.url.isEmpty())
        return QStringLiteral("url ") + check.url;
    if (!check.commit.isEmpty())
        return QStringLiteral("commit ") + check.commit;
    return hasTime ? QStringLiteral("time ") + protocol::toIso(check.timestamp) : QString();
}

QString hourOf(Timestamp time)
{
    return QStringLiteral("hour ") +
           QString::number(std::chrono::floor<std::chrono::hours>(time.time_since_epoch()).count());
}

/// Of the run at this place of a file with this hash.
QString idOf(const QByteArray& content, qsizetype place, const Check& check, const QString& run)
{
    constexpr qsizetype length = 40;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& part : {check.project, check.gate, run, QString::number(place)}) {
        hash.addData(part.toUtf8());
        hash.addData(QByteArray(1, '\0'));
    }
    hash.addData(content);
    return filePrefix + QString::fromLatin1(hash.result().toHex().first(length));
}

/// The id under which the same came within the hour before now; empty where it did not.
Result<QString> cameEarlier(store::Transaction& transaction, const ResultFile::Run& run)
{
    if (run.earlierId.isEmpty())
        return QString();
    const Result<Check> earlier = transaction.checks().excerpt(run.earlierId);
    if (earlier)
        return earlier->timestamp > run.check.entry.timestamp - oneRun ? run.earlierId : QString();
    if (earlier.error().code == protocol::ErrorCode::NotFound)
        return QString();
    return protocol::Failure(earlier.error());
}

void writeRun(protocol::JsonWriter& json, const Check& check, const QString& id, bool isNew)
{
    json.beginObject();
    json.field(QLatin1String("id"), id);
    json.field(QLatin1String("created"), isNew);
    json.field(QLatin1String("gate"), check.gate);
    json.field(QLatin1String("status"), toString(check.status));
    json.key(QLatin1String("counts"));
    protocol::write(json, countsOf(check));
    json.endObject();
}

/// The check that was there already, as it is now: one that is too old to be kept is taken for the one sent.
Result<Check> asStored(store::Transaction& transaction, const QString& id, const Check& sent)
{
    const Result<Check> stored = transaction.checks().excerpt(id);
    if (stored || stored.error().code != protocol::ErrorCode::NotFound)
        return stored;
    Check taken = sent;
    taken.id = id;
    return taken;
}

/// Null where nothing is written beforehand.
std::shared_ptr<store::StagedChecks> stagedOf(const std::vector<ResultFile::Run>& runs)
{
    auto staged = std::make_shared<store::StagedChecks>(runs.size());
    for (const ResultFile::Run& run : runs)
        staged->offer(run.check.entry, [run](store::Transaction& transaction) -> Result<bool> {
            PRISM_TRY_ASSIGN(const QString earlier, cameEarlier(transaction, run));
            if (!earlier.isEmpty())
                return true;
            return transaction.checks().has(run.check.entry.id);
        });
    return staged->isEmpty() ? nullptr : staged;
}

} // namespace

store::Weight ResultFile::weight() const
{
    store::Weight sum{0, 0, 0};
    for (const Run& run : runs)
        sum += weightOf(run.check.entry);
    sum.jobs = 1;
    return sum;
}

ResultFile ResultFiles::identify(const QString& format, const QByteArray& content, QList<Check> checks,
                                 bool hasTime, const QStringList& notes)
{
    const QByteArray hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256);
    ResultFile file{format, {}, notes};
    for (qsizetype place = 0; place < checks.size(); ++place) {
        Check& check = checks[place];
        const QString run = runOf(check, hasTime);
        check.id = idOf(hash, place, check, run.isEmpty() ? hourOf(check.timestamp) : run);
        const QString earlier =
            run.isEmpty() ? idOf(hash, place, check, hourOf(check.timestamp - oneRun)) : QString();
        file.runs.push_back({Checks::New::of(std::move(check)), earlier});
    }
    file.staged = stagedOf(file.runs);
    return file;
}

Result<StoredResultFile> ResultFiles::add(store::Transaction& transaction, const Actor& actor,
                                          const ResultFile& file)
{
    StoredResultFile stored;
    protocol::JsonWriter json(stored.json);
    json.beginObject();
    json.field(QLatin1String("format"), file.format);
    json.key(QLatin1String("checks"));
    json.beginArray();
    for (const ResultFile::Run& run : file.runs) {
        PRISM_TRY_ASSIGN(const QString earlier, cameEarlier(transaction, run));
        std::optional<KeptCheck> added;
        if (earlier.isEmpty()) {
            PRISM_TRY_ASSIGN(added, Checks::addNew(transaction, actor, run.check, judged, file.staged.get()));
        }
        stored.created += added ? 1 : 0;
        if (added) {
            writeRun(json, added->check, added->check.id, true);
            continue;
        }
        PRISM_TRY_ASSIGN(
            const Check there,
            asStored(transaction, earlier.isEmpty() ? run.check.entry.id : earlier, run.check.entry));
        writeRun(json, there, there.id, false);
    }
    json.endArray();
    json.key(QLatin1String("notes"));
    json.beginArray();
    for (const QString& note : file.notes)
        json.value(note);
    json.endArray();
    json.endObject();
    return stored;
}

} // namespace prism::service
