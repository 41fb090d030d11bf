#include "client/ui/watched_application.h"

#include <QEvent>
#include <QLoggingCategory>
#include <QMetaEnum>
#include <QThread>

#include <algorithm>
#include <utility>

namespace prism::ui {

namespace {

Q_LOGGING_CATEGORY(stallLog, "prism.ui.stall", QtInfoMsg)

using Clock = std::chrono::steady_clock;

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
    const bool result = QApplication::notify(receiver, event);
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    if (!m_interrupted)
        judge(who, type, duration);
    m_level = outer;
    m_interrupted = outer >= 0; // it waited for this loop
    return result;
}

void WatchedApplication::forgetStalls()
{
    m_longest = {};
    m_stalls = 0;
}

void WatchedApplication::judge(const QString& receiver, int event, std::chrono::microseconds duration)
{
    m_longest = std::max(m_longest, duration);
    if (duration <= m_limit)
        return;
    ++m_stalls;
    const Stall stall{std::chrono::duration_cast<std::chrono::milliseconds>(duration), receiver, event};
    const char* type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event);
    qCWarning(stallLog).nospace() << "the window stood still for " << stall.duration.count()
                                  << " ms: " << (type ? type : "an event") << " of " << qPrintable(receiver);
    emit stalled(stall);
}

} // namespace prism::ui
