#include "server/io/epoll_dispatcher.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <memory>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace prism::io {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t readyAtATime = 256;

quint64 tagOf(int descriptor, quint32 generation)
{
    return quint64(generation) << 32 | quint32(descriptor);
}

} // namespace

quint32 EpollDispatcher::Watch::wanted() const
{
    return (notifiers[QSocketNotifier::Read] ? quint32(EPOLLIN) : 0U) |
           (notifiers[QSocketNotifier::Write] ? quint32(EPOLLOUT) : 0U) |
           (notifiers[QSocketNotifier::Exception] ? quint32(EPOLLPRI) : 0U);
}

EpollDispatcher::EpollDispatcher(QObject* parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_ready(readyAtATime)
{
    if (!isOpen())
        return;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = tagOf(m_wake, 0);
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event);
}

EpollDispatcher::~EpollDispatcher()
{
    for (const int descriptor : {m_wake, m_epoll}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

bool EpollDispatcher::start(QThread& thread, QObject& object)
{
    auto dispatcher = std::make_unique<EpollDispatcher>();
    if (!dispatcher->isOpen())
        return false;
    thread.setEventDispatcher(dispatcher.release());
    object.moveToThread(&thread);
    thread.start();
    return thread.isRunning();
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted.store(false, std::memory_order_relaxed);
    m_wokenHere = false;
    emit awake();
    QCoreApplication::sendPostedEvents();
    if (m_interrupted.load(std::memory_order_relaxed))
        return false;

    const bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents);
    if (mayWait)
        emit aboutToBlock();
    tellChanges();
    const int ready = ::epoll_wait(m_epoll, m_ready.data(), int(m_ready.size()), waitTime(mayWait));
    if (mayWait)
        emit awake();
    int activated = 0;
    if (ready > 0)
        activated += activateSockets(flags.testFlag(QEventLoop::ExcludeSocketNotifiers) ? 0 : ready);
    activated += activateTimers();
    return activated > 0;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier* notifier)
{
    const int descriptor = int(notifier->socket());
    if (std::size_t(descriptor) >= m_watches.size())
        m_watches.resize(std::size_t(descriptor) + 64);
    Watch& watch = m_watches[std::size_t(descriptor)];
    const bool isNew = watch.wanted() == 0;
    watch.notifiers[notifier->type()] = notifier;
    if (isNew) {
        watch.generation = ++m_lastGeneration;
        watch.known = 0;
        tellKernel(descriptor, watch);
    } else if (!watch.changed) {
        watch.changed = true;
        m_changed.push_back(descriptor);
    }
}

/// The last notifier of a descriptor leaves at once: the descriptor is about to be closed, and its number to
/// be used again. Other changes are told before the next wait, since most are taken back before it.
void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier* notifier)
{
    const int descriptor = int(notifier->socket());
    if (std::size_t(descriptor) >= m_watches.size())
        return;
    Watch& watch = m_watches[std::size_t(descriptor)];
    if (watch.notifiers[notifier->type()] != notifier)
        return;
    watch.notifiers[notifier->type()] = nullptr;
    if (watch.wanted() == 0) {
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
        watch.known = 0;
        watch.generation = 0;
    } else if (!watch.changed) {
        watch.changed = true;
        m_changed.push_back(descriptor);
    }
}

void EpollDispatcher::tellKernel(int descriptor, Watch& watch)
{
    const quint32 wanted = watch.wanted();
    if (wanted == watch.known)
        return;
    epoll_event event{};
    event.events = wanted;
    event.data.u64 = tagOf(descriptor, watch.generation);
    if (::epoll_ctl(m_epoll, watch.known == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) != 0)
        qWarning("Descriptor %d cannot be watched: error %d.", descriptor, errno);
    watch.known = wanted;
}

void EpollDispatcher::tellChanges()
{
    for (const int descriptor : m_changed) {
        Watch& watch = m_watches[std::size_t(descriptor)];
        watch.changed = false;
        if (watch.wanted() != 0)
            tellKernel(descriptor, watch);
    }
    m_changed.clear();
}

/// Milliseconds as epoll_wait takes them: rounded up, so that a deadline has passed at the wake-up.
int EpollDispatcher::waitTime(bool mayWait) const
{
    if (!mayWait || m_wokenHere || m_interrupted.load(std::memory_order_relaxed))
        return 0;
    if (m_deadlines.empty())
        return -1;
    const auto rest = std::chrono::ceil<milliseconds>(m_deadlines.begin()->first - Clock::now());
    return int(std::clamp<milliseconds::rep>(rest.count(), 0, std::numeric_limits<int>::max()));
}

int EpollDispatcher::activateSockets(int ready)
{
    const std::vector<epoll_event> events(m_ready.begin(), m_ready.begin() + ready);
    int activated = 0;
    for (const epoll_event& event : events) {
        const int descriptor = int(event.data.u64 & 0xFFFF'FFFFU);
        const quint32 generation = quint32(event.data.u64 >> 32);
        if (descriptor == m_wake) {
            // In this order: who wakes between the two is heard at the next turn, which begins with what
            // was posted. The other way round its call would be taken for one that is still to be read.
            quint64 count = 0;
            (void)!::read(m_wake, &count, sizeof count);
            m_wokenElsewhere.store(false);
            continue;
        }
        const auto isStill = [&] {
            return generation != 0 && m_watches[std::size_t(descriptor)].generation == generation;
        };
        const bool failed = event.events & (EPOLLERR | EPOLLHUP);
        if (isStill() && (failed || event.events & EPOLLIN))
            activate(descriptor, QSocketNotifier::Read);
        if (isStill() && (failed || event.events & EPOLLOUT))
            activate(descriptor, QSocketNotifier::Write);
        if (isStill() && event.events & EPOLLPRI)
            activate(descriptor, QSocketNotifier::Exception);
        ++activated;
    }
    return activated;
}

void EpollDispatcher::activate(int descriptor, QSocketNotifier::Type type)
{
    QSocketNotifier* notifier = m_watches[std::size_t(descriptor)].notifiers[type];
    if (notifier == nullptr)
        return;
    QEvent event(QEvent::SockAct);
    QCoreApplication::sendEvent(notifier, &event);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject* object)
{
    const milliseconds every(interval);
    m_timers.insert(timerId,
                    Timer{every, timerType, object, m_deadlines.emplace(Clock::now() + every, timerId)});
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    const auto timer = m_timers.constFind(timerId);
    if (timer == m_timers.cend())
        return false;
    m_deadlines.erase(timer->deadline);
    m_timers.erase(timer);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject* object)
{
    const QList<TimerInfo> timers = registeredTimers(object);
    for (const TimerInfo& timer : timers)
        unregisterTimer(timer.timerId);
    return !timers.isEmpty();
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject* object) const
{
    QList<TimerInfo> found;
    for (auto timer = m_timers.cbegin(); timer != m_timers.cend(); ++timer) {
        if (timer->object == object)
            found.append(TimerInfo(timer.key(), int(timer->interval.count()), timer->type));
    }
    return found;
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto timer = m_timers.find(timerId);
    if (timer == m_timers.end())
        return -1;
    const auto rest = std::chrono::ceil<milliseconds>(timer->deadline->first - Clock::now());
    return int(std::max<milliseconds::rep>(rest.count(), 0));
}

/// Each timer that is due now fires once; one that its own event starts anew waits for the next turn.
int EpollDispatcher::activateTimers()
{
    if (m_deadlines.empty())
        return 0;
    const Clock::time_point now = Clock::now();
    std::vector<int> due;
    for (auto deadline = m_deadlines.begin(); deadline != m_deadlines.end() && deadline->first <= now;
         ++deadline)
        due.push_back(deadline->second);
    for (const int id : due) {
        const auto timer = m_timers.find(id);
        if (timer == m_timers.end() || timer->deadline->first > now)
            continue;
        m_deadlines.erase(timer->deadline);
        timer->deadline = m_deadlines.emplace(now + timer->interval, id);
        if (timer->firing)
            continue;
        timer->firing = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer->object, &event);
        if (const auto after = m_timers.find(id); after != m_timers.end())
            after->firing = false;
    }
    return int(due.size());
}

void EpollDispatcher::wakeUp()
{
    if (QThread::currentThread() == thread()) {
        m_wokenHere = true;
        return;
    }
    if (!m_wokenElsewhere.exchange(true)) {
        const quint64 one = 1;
        (void)!::write(m_wake, &one, sizeof one);
    }
}

void EpollDispatcher::interrupt()
{
    m_interrupted.store(true);
    wakeUp();
}

} // namespace prism::io
