#include "client/report/commands.h"

#include "client/report/background.h"
#include "client/report/context.h"
#include "client/report/run_report.h"
#include "client/report/say.h"
#include "client/report/sender.h"
#include "client/report/sender_lock.h"

#include <QDir>

#include <thread>

namespace prism::report {

using protocol::Result;

namespace {

QString wordsOf(const protocol::Error& error)
{
    return error.details.isEmpty() ? error.message
                                   : error.message + u' ' + error.details.join(QStringLiteral(", "));
}

/// Says what is wrong with the files, and puts the rest into the spool; whether all of it is there.
bool keep(const RunReport& report, const Spool& spool)
{
    for (const QString& complaint : report.complaints)
        say(complaint);
    if (report.entry.parts.isEmpty())
        return false;
    const Result<void> kept = spool.add(report.entry);
    if (!kept)
        say(QStringLiteral("nothing is reported: ") + wordsOf(kept.error()));
    return kept && report.complaints.isEmpty();
}

/// Waits for another sender to end.
bool takeWithin(SenderLock& lock, const QDeadlineTimer& until)
{
    constexpr std::chrono::milliseconds pause{50};
    while (!lock.take()) {
        if (until.hasExpired())
            return false;
        std::this_thread::sleep_for(pause);
    }
    return true;
}

} // namespace

int run(const Request& request)
{
    const Signals kept;
    const protocol::Timestamp begin = protocol::now();
    protocol::Check context;
    const Ending ending =
        Child(kept).run(request.program, [&] { context = contextOf(request.context, QDir::currentPath()); });
    if (const Result<Config> config = Config::read(request.server)) {
        const Spool spool(*config);
        keep(RunReport::ofRun(request, context, ending, begin), spool);
        if (QDir(spool.folder()).exists())
            haveSent(spool, *config, kept);
    } else {
        say(QStringLiteral("nothing is reported: ") + wordsOf(config.error()));
    }
    Child::endAs(ending);
}

int send(const Request& request)
{
    const Result<Config> config = Config::read(request.server);
    if (!config) {
        say(wordsOf(config.error()));
        return 1;
    }
    const Spool spool(*config);
    const protocol::Check context = contextOf(request.context, QDir::currentPath());
    bool isAllKept = true;
    for (const ReportFile& file : request.reports)
        isAllKept &= keep(RunReport::ofFile(file, context), spool);
    const Signals kept;
    haveSent(spool, *config, kept);
    return isAllKept ? 0 : 1;
}

int flush(const Request& request)
{
    const Result<Config> config = Config::read(request.server);
    if (!config) {
        say(wordsOf(config.error()));
        return 1;
    }
    const Spool spool(*config);
    if (!QDir(spool.folder()).exists())
        return 0;
    constexpr std::chrono::seconds shortestWait{5};
    const QDeadlineTimer until(request.within);
    const QDeadlineTimer untilAlone(request.inBackground ? std::chrono::seconds(0)
                                                         : std::max(request.within, shortestWait));
    SenderLock lock(spool.folder());
    Server server(*config);
    Sender sender(spool, server);
    do {
        if (!takeWithin(lock, untilAlone)) {
            if (!request.inBackground)
                say(QStringLiteral("%1 not sent yet; another process is at it").arg(spool.waiting().size()));
            return request.inBackground ? 0 : 1;
        }
        sender.send(until);
        lock.release();
        // Who added something meanwhile has left it to this process.
    } while (!sender.hasTried(spool.waiting()));
    const QStringList reasons = request.inBackground ? QStringList() : spool.takeReasons();
    for (const QString& reason : reasons)
        say(QStringLiteral("the server refused a result, which is kept in %1/refused: %2")
                .arg(spool.folder(), reason));
    const qsizetype left = spool.waiting().size();
    if (left > 0)
        say(QStringLiteral("%1 not sent yet, and kept in %2: %3")
                .arg(left)
                .arg(spool.folder(), sender.trouble()));
    return left == 0 && reasons.isEmpty() ? 0 : 1;
}

} // namespace prism::report
