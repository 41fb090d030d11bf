#include "server/app/import.h"

#include "server/app/import_client.h"
#include "server/app/server.h"

#include <QEventLoop>
#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace prism::app {

using protocol::Result;

namespace {

void report(const QString& line)
{
    std::fputs((line + QLatin1Char('\n')).toLocal8Bit().constData(), stderr);
}

/// Gathers what is read into requests of a bounded size, sends them and counts.
class Importer
{
public:
    explicit Importer(const QUrl& server)
        : m_client(server)
    {
    }

    bool run(const QStringList& paths)
    {
        const ImportReader reader([this](ImportKind kind, const QJsonObject& object,
                                         const QString& place) { add(kind, object, place); },
                                  [this](const QString& place, const QString& why) { complain(place, why); });
        const QList<ImportFile> files = reader.filesOf(paths);
        for (qsizetype i = 0; i < files.size() && !m_givenUp; ++i) {
            reader.read(files[i].path, files[i].name);
            showProgress(i + 1, files.size());
            m_filesRead = i + 1;
        }
        flush(m_retros);
        flush(m_checks);
        if (m_givenUp)
            report(
                QStringLiteral("given up: the server cannot store anything now; %1 of %2 files were not read")
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
        QByteArray lines = {};
        int entries = 0;
        QString firstPlace = {};
        QString lastPlace = {};
        qint64 created = 0;
        qint64 skipped = 0;
    };

    void add(ImportKind kind, const QJsonObject& object, const QString& place)
    {
        if (m_givenUp) {
            ++m_bad;
            return;
        }
        if (kind == ImportKind::Record) {
            const Result<ImportCount> sent = m_client.sendRecord(object);
            if (!sent)
                return failed(place, 1, sent.error());
            m_records.created += sent->created;
            m_records.skipped += sent->skipped;
            return;
        }
        constexpr int mostEntries = 1000;
        constexpr qsizetype mostBytes = 4 * 1024 * 1024;
        Batch& batch = kind == ImportKind::Check ? m_checks : m_retros;
        batch.lines += QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
        if (batch.entries++ == 0)
            batch.firstPlace = place;
        batch.lastPlace = place;
        if (batch.entries >= mostEntries || batch.lines.size() >= mostBytes)
            flush(batch);
    }

    void flush(Batch& batch)
    {
        if (batch.entries == 0)
            return;
        const Result<ImportCount> sent = m_client.sendLines(batch.kind, batch.lines);
        if (sent) {
            batch.created += sent->created;
            batch.skipped += sent->skipped;
        } else {
            failed(QStringLiteral("%1 to %2").arg(batch.firstPlace, batch.lastPlace), batch.entries,
                   sent.error());
        }
        batch.lines.clear();
        batch.entries = 0;
    }

    void failed(const QString& place, int entries, const protocol::Error& error)
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

    ImportClient m_client;
    Batch m_retros{ImportKind::Retro};
    Batch m_checks{ImportKind::Check};
    ImportCount m_records;
    qint64 m_bad = 0;
    bool m_givenUp = false;
    qsizetype m_filesRead = 0;
    std::chrono::steady_clock::time_point m_lastProgress = std::chrono::steady_clock::now();
};

} // namespace

bool runImport(const QStringList& paths, const QString& serverUrl, Config config)
{
    if (!serverUrl.isEmpty())
        return Importer(QUrl(serverUrl)).run(paths);

    config.listen = Endpoint{QHostAddress(QHostAddress::LocalHost), 0};
    config.wsListen.reset();
    Server server(config);
    if (const Result<void> started = server.start(); !started) {
        report(QStringLiteral("prism-server: ") + started.error().message);
        if (!started.error().details.isEmpty())
            report(QStringLiteral("Import through it: prism-server import --server %1 …")
                       .arg(started.error().details.first()));
        return false;
    }
    const bool good = Importer(QUrl(server.httpUrl())).run(paths);
    QEventLoop wait;
    QObject::connect(&server, &Server::stopped, &wait, &QEventLoop::quit);
    server.stop();
    wait.exec();
    return good;
}

} // namespace prism::app
