#include "server/log/log.h"

#include "server/log/target.h"

#include <QLoggingCategory>

#include <atomic>
#include <csignal>

namespace prism::log {

namespace {

constexpr std::chrono::seconds longestEnd{1};

/// Qt hands what is logged to a function without an object, which finds the queue here.
std::atomic<LineQueue*> installed = nullptr;

void take(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    LineQueue* const queue = installed.load(std::memory_order_acquire);
    if (!queue)
        return;
    queue->add({type, context.category, message, protocol::now()});
    if (type == QtFatalMsg) // the process ends as soon as this returns
        queue->waitUntilWritten(longestEnd);
}

QString rulesOf(Level level)
{
    QString rules = QStringLiteral("*.debug=false\n");
    if (level == Level::Debug)
        rules = QStringLiteral("prism.*.debug=true\n");
    if (level >= Level::Warning)
        rules += QStringLiteral("*.info=false\n");
    if (level >= Level::Error)
        rules += QStringLiteral("*.warning=false\n");
    return rules;
}

/// A thread that leaves all signals to the others.
std::thread startedWithoutSignals(std::function<void()> work)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread(std::move(work));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace

Log::Log(int descriptor, const Settings& settings)
    : m_queue(settings.format, settings.queueBytes)
    , m_thread(startedWithoutSignals([this, descriptor] { write(descriptor); }))
{
    installed.store(&m_queue, std::memory_order_release);
    QLoggingCategory::setFilterRules(rulesOf(settings.level));
    m_before = qInstallMessageHandler(take);
}

Log::~Log()
{
    qInstallMessageHandler(m_before);
    installed.store(nullptr, std::memory_order_release);
    m_queue.close(longestEnd);
    m_thread.join();
}

void Log::write(int descriptor)
{
    Target target(descriptor);
    for (QByteArray lines = m_queue.take(); !lines.isEmpty(); lines = m_queue.take()) {
        QByteArrayView left = lines;
        while (!left.isEmpty() && writeSome(target, left)) {
        }
        m_queue.done(quint64(left.count('\n')));
    }
}

/// Whether it is worth to go on with what is left.
bool Log::writeSome(Target& target, QByteArrayView& lines) const
{
    constexpr std::chrono::milliseconds betweenLooks{100};
    const qsizetype written = target.write(lines);
    if (written == 0)
        target.waitForRoom(betweenLooks);
    lines = lines.sliced(std::max<qsizetype>(written, 0));
    return written >= 0 && !m_queue.isLate();
}

} // namespace prism::log
