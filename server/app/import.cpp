#include "server/app/import.h"

#include "server/app/import_client.h"
#include "server/app/import_writer.h"
#include "server/log/line.h"

#include <QSet>

#include <cstdio>
#include <unistd.h>

namespace prism::app {

using protocol::Result;

namespace {

void report(const QString& line)
{
    std::fputs((log::printable(line) + QLatin1Char('\n')).toLocal8Bit().constData(), stderr);
}

/// Gathers what is read into writes of a bounded size, has them stored and counts.
class Importer
{
public:
    explicit Importer(ImportTarget& target)
        : m_target(target)
    {
    }

    bool run(const QStringList& paths)
    {
        const ImportReader reader([this](const ImportObject& object) { add(object); },
                                  [this](const QString& place, const QString& why) { complain(place, why); });
        const QList<ImportFile> files = reader.filesOf(paths);
        for (qsizetype i = 0; i < files.size() && !m_givenUp; ++i) {
            if (m_target.isOwnFile(files[i].path))
                complain(files[i].path, QStringLiteral("belongs to the database itself"));
            else
                reader.read(files[i]);
            showProgress(i + 1, files.size());
            m_filesRead = i + 1;
        }
        flush(m_retros);
        flush(m_checks);
        if (m_givenUp)
            report(QStringLiteral("given up: nothing can be stored now; %1 of %2 files were not read")
                       .arg(files.size() - m_filesRead)
                       .arg(files.size()));
        std::printf("%lld retrospectives, %lld checks, %lld records stored; %lld were there already; %lld "
                    "could not be "
                    "imported\n",
                    static_cast<long long>(m_retros.created), static_cast<long long>(m_checks.created),
                    static_cast<long long>(m_records.created),
                    static_cast<long long>(m_retros.skipped + m_checks.skipped + m_records.skipped),
                    static_cast<long long>(m_bad));
        return m_bad == 0 && !m_givenUp;
    }

private:
    struct Batch
    {
        ImportKind kind;
        QList<QJsonObject> entries = {};
        QStringList places = {};
        qsizetype bytes = 0;
        QSet<QString> days = {};
        qint64 created = 0;
        qint64 skipped = 0;
    };

    void add(const ImportObject& object)
    {
        if (m_givenUp) {
            ++m_bad;
            return;
        }
        if (object.kind == ImportKind::Record) {
            const Result<ImportCount> stored = m_target.storeRecord(object.text);
            if (!stored)
                return failed(object.place, 1, stored.error());
            m_records.created += stored->created;
            m_records.skipped += stored->skipped;
            return;
        }
        constexpr qsizetype mostEntries = 1000;
        constexpr qsizetype mostBytes = 4 * 1024 * 1024;
        constexpr qsizetype mostDays = 100;
        Batch& batch = object.kind == ImportKind::Check ? m_checks : m_retros;
        batch.entries.append(object.json);
        batch.places.append(object.place);
        batch.bytes += object.text.size();
        batch.days.insert(object.json.value(QLatin1String("timestamp")).toString().left(10));
        if (batch.entries.size() >= mostEntries || batch.bytes >= mostBytes || batch.days.size() >= mostDays)
            flush(batch);
    }

    void flush(Batch& batch)
    {
        store(batch, 0, batch.entries.size());
        batch.entries.clear();
        batch.places.clear();
        batch.bytes = 0;
        batch.days.clear();
    }

    /// A server may allow less in one request than is sent, of days, entries or bytes, and refuses all for
    /// the sake of one that is wrong: so what is refused is sent in halves.
    void store(Batch& batch, qsizetype first, qsizetype count)
    {
        if (count == 0)
            return;
        if (m_givenUp) {
            m_bad += count;
            return;
        }
        const Result<ImportCount> stored = m_target.store(batch.kind, batch.entries.mid(first, count));
        if (stored) {
            batch.created += stored->created;
            batch.skipped += stored->skipped;
        } else if (count > 1 && isRefusal(stored.error())) {
            const qsizetype half = count / 2;
            store(batch, first, half);
            store(batch, first + half, count - half);
        } else {
            const QString& place = batch.places[first];
            failed(count == 1 ? place
                              : QStringLiteral("%1 to %2").arg(place, batch.places[first + count - 1]),
                   count, stored.error());
        }
    }

    static bool isRefusal(const protocol::Error& error)
    {
        constexpr int badRequest = 400;
        return protocol::httpStatus(error.code) == badRequest;
    }

    void failed(const QString& place, qsizetype entries, const protocol::Error& error)
    {
        m_bad += entries - 1;
        complain(place, (QStringList(error.message) + error.details).join(QStringLiteral("; ")));
        m_givenUp = m_givenUp || error.code == protocol::ErrorCode::Unavailable;
    }

    void complain(const QString& place, const QString& why)
    {
        ++m_bad;
        report(QStringLiteral("%1: %2").arg(place, why));
    }

    void showProgress(qsizetype done, qsizetype all)
    {
        constexpr std::chrono::seconds interval{1};
        const auto now = std::chrono::steady_clock::now();
        if (now - m_lastProgress < interval && done < all)
            return;
        m_lastProgress = now;
        report(QStringLiteral("%1 of %2 files read").arg(done).arg(all));
    }

    ImportTarget& m_target;
    Batch m_retros{ImportKind::Retro};
    Batch m_checks{ImportKind::Check};
    ImportCount m_records;
    qint64 m_bad = 0;
    bool m_givenUp = false;
    qsizetype m_filesRead = 0;
    std::chrono::steady_clock::time_point m_lastProgress = std::chrono::steady_clock::now();
};

} // namespace

bool runImport(const QStringList& paths, const QString& serverUrl, const Config& config)
{
    if (!serverUrl.isEmpty()) {
        ImportClient server(QUrl(serverUrl), qgetenv("PRISM_TOKEN").trimmed());
        return Importer(server).run(paths);
    }
    Result<std::unique_ptr<OpenedDatabase>> opened = openDatabase(config);
    if (!opened) {
        report(QStringLiteral("prism-server: ") + opened.error().message);
        if (!opened.error().details.isEmpty())
            report(QStringLiteral("Import through it: prism-server import --server %1 …")
                       .arg(opened.error().details.first()));
        return false;
    }
    ImportWriter database(config, std::move(*opened));
    return Importer(database).run(paths);
}

} // namespace prism::app
