#include "client/ui/application/watched_application.h"

#include <QEvent>
#include <QLoggingCategory>
#include <QMetaEnum>
#include <QThread>

#include <algorithm>
#include <ctime>
#include <utility>

namespace prism::ui {

namespace {

Q_LOGGING_CATEGORY(stallLog, "prism.ui.stall", QtInfoMsg)

using Clock = std::chrono::steady_clock;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Processor time of this thread so far.
microseconds worked()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) +
           duration_cast<microseconds>(std::chrono::nanoseconds(time.tv_nsec));
}

QString nameOf(const QObject& object)
{
    const QString type = QString::fromLatin1(object.metaObject()->className());
    return object.objectName().isEmpty() ? type : type + QLatin1Char('/') + object.objectName();
}

} // namespace

WatchedApplication::WatchedApplication(int& argc, char** argv, std::chrono::milliseconds limit)
    : QApplication(argc, argv)
    , m_limit(limit)
{
}

std::chrono::milliseconds WatchedApplication::defaultLimit()
{
#ifdef NDEBUG
    const bool watches = qEnvironmentVariableIntValue("PRISM_WATCH_STALLS") == 1;
#else
    const bool watches = true;
#endif
    return watches ? frame : std::chrono::milliseconds(0);
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event)
{
    // Qt calls this for the objects of other threads too, on theirs.
    if (m_limit.count() == 0 || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    const int level = thread()->loopLevel();
    if (level == m_level)
        return QApplication::notify(receiver, event); // part of the event being measured

    // The receiver and the event may be gone afterwards.
    const QString who = nameOf(*receiver);
    const int type = event->type();
    const int outer = std::exchange(m_level, level);
    m_interrupted = false;
    const Clock::time_point start = Clock::now();
    const microseconds workBefore = worked();
    const bool result = QApplication::notify(receiver, event);
    if (!m_interrupted)
        judge(who, type, duration_cast<microseconds>(Clock::now() - start), worked() - workBefore);
    m_level = outer;
    m_interrupted = outer >= 0; // it waited for this loop
    return result;
}

void WatchedApplication::forgetStalls()
{
    m_longest = {};
    m_mostWork = {};
    m_stalls = 0;
}

void WatchedApplication::judge(const QString& receiver, int event, microseconds duration, microseconds work)
{
    m_longest = std::max(m_longest, duration);
    m_mostWork = std::max(m_mostWork, work);
    if (duration <= m_limit)
        return;
    ++m_stalls;
    const Stall stall{duration_cast<milliseconds>(duration), duration_cast<milliseconds>(work), receiver,
                      event};
    const char* type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event);
    qCWarning(stallLog).nospace() << "the window stood still for " << stall.duration.count() << " ms, "
                                  << stall.work.count() << " of them at work: " << (type ? type : "an event")
                                  << " of " << qPrintable(receiver);
    emit stalled(stall);
}

} // namespace prism::ui
