#include "server/io/tls/reception.h"

#include <QLoggingCategory>

#include <algorithm>
#include <array>
#include <pthread.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

Q_LOGGING_CATEGORY(lcTls, "prism.tls")

namespace prism::io::tls {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds betweenGlances{100};
constexpr milliseconds longestSilence{1'000};   // of a peer whose place is wanted by another
constexpr milliseconds longestAnswering{2'000}; // of the same
constexpr milliseconds longestWithoutTicket{2'000};
constexpr int begunAtATime = 16; // before those have their turn that were begun earlier

/// What the kernel holds of answers before the one who writes them is told that it has to wait.
constexpr int localBuffer = 64 * 1024;

} // namespace

Reception::Reception(const HandshakeLimits& limits, ContextPtr context, Sink sink)
    : m_limits(limits)
    , m_sink(std::move(sink))
    , m_context(std::move(context))
{
}

Reception::~Reception()
{
    stop();
}

bool Reception::start()
{
    if (!m_poller.isOpen())
        return false;
    try {
        m_thread = std::thread([this] { run(); });
    } catch (const std::system_error&) {
        return false;
    }
    ::pthread_setname_np(m_thread.native_handle(), "tls-handshakes");
    return true;
}

void Reception::take(Descriptor peer, int tag, Link::Ticket ticket)
{
    const milliseconds patience =
        ticket ? m_limits.patience : std::min(m_limits.patience, longestWithoutTicket);
    auto handshake =
        std::make_unique<Handshake>(std::move(peer), tag, std::move(ticket), Clock::now() + patience);
    m_running.fetch_add(1, std::memory_order_relaxed);
    {
        const std::lock_guard lock(m_mutex);
        m_arrived.push_back(std::move(handshake));
    }
    m_poller.wake();
}

void Reception::setContext(ContextPtr context)
{
    const std::lock_guard lock(m_mutex);
    m_context = std::move(context);
}

Figures Reception::figures() const
{
    constexpr auto relaxed = std::memory_order_relaxed;
    Figures figures;
    figures.done = m_done.load(relaxed);
    figures.failed = m_failed.load(relaxed);
    figures.late = m_late.load(relaxed);
    figures.plain = m_plain.load(relaxed);
    figures.running = m_running.load(relaxed);
    return figures;
}

void Reception::stop()
{
    m_isStopping = true;
    m_poller.wake();
    if (m_thread.joinable())
        m_thread.join();
    m_waiting.clear();
    m_begun.clear();
    m_withoutTicket.clear();
    m_all.clear();
    const std::lock_guard lock(m_mutex);
    m_arrived.clear();
    m_running = 0;
}

/// Others than the one that an event is of are let go of only between the events, of which each names one.
void Reception::run()
{
    while (!m_isStopping) {
        for (const epoll_event& event : m_poller.wait(waitTime()))
            onEvent(static_cast<Handshake*>(event.data.ptr));
        adopt();
        const auto now = Clock::now();
        beginSome(now);
        giveUpLate(now);
    }
}

int Reception::waitTime() const
{
    if (!m_waiting.isEmpty() && m_begun.size() < m_limits.most)
        return 0;
    return m_all.empty() ? -1 : int(betweenGlances.count());
}

void Reception::adopt()
{
    Handshakes arrived;
    {
        const std::lock_guard lock(m_mutex);
        arrived.swap(m_arrived);
    }
    for (std::unique_ptr<Handshake>& taken : arrived) {
        Handshake* const handshake = taken.get();
        const bool isWatched = m_poller.add(handshake->number(), handshake);
        m_all.emplace(handshake, std::move(taken));
        if (!handshake->ticket())
            m_withoutTicket.push_back(handshake);
        if (!isWatched)
            giveUp(handshake);
        else if (m_withoutTicket.size() > m_limits.mostWithoutTicket)
            giveUp(m_withoutTicket.front());
    }
}

void Reception::onEvent(Handshake* handshake)
{
    if (handshake->hasBegun()) {
        advance(handshake, Clock::now());
        return;
    }
    switch (handshake->greeting()) {
    case Handshake::Greeting::None:
        break;
    case Handshake::Greeting::Tls:
        if (handshake->takePlace())
            m_waiting.add(shareOf(*handshake), handshake);
        break;
    case Handshake::Greeting::Plain:
        m_plain.fetch_add(1, std::memory_order_relaxed);
        handOver(handshake, false);
        break;
    case Handshake::Greeting::Gone:
        m_failed.fetch_add(1, std::memory_order_relaxed);
        remove(handshake);
        break;
    }
}

void Reception::beginSome(Clock::time_point now)
{
    ContextPtr context;
    for (int i = 0; i < begunAtATime && !m_waiting.isEmpty() && makeRoom(now); ++i) {
        if (!context) {
            const std::lock_guard lock(m_mutex);
            context = m_context;
        }
        Handshake* const handshake = m_waiting.take();
        if (handshake->begin(*context, now)) {
            m_begun.push_back(handshake);
            advance(handshake, now);
        } else {
            giveUp(handshake);
        }
    }
}

QByteArray Reception::shareOf(const Handshake& handshake) const
{
    return m_limits.shareOf ? m_limits.shareOf(handshake.peerAddress()) : QByteArray();
}

bool Reception::makeRoom(Clock::time_point now)
{
    if (m_begun.size() < m_limits.most)
        return true;
    const auto silent = std::find_if(m_begun.cbegin(), m_begun.cend(), [now](const Handshake* handshake) {
        return now - handshake->moved() >= longestSilence || now - handshake->begun() >= longestAnswering;
    });
    if (silent == m_begun.cend())
        return false;
    giveUp(*silent);
    return true;
}

void Reception::advance(Handshake* handshake, Clock::time_point now)
{
    switch (handshake->advance(now)) {
    case Handshake::State::Waits:
        break;
    case Handshake::State::Done:
        handOver(handshake, true);
        break;
    case Handshake::State::Failed:
        m_failed.fetch_add(1, std::memory_order_relaxed);
        qCDebug(lcTls).noquote() << "no TLS with" << handshake->peerAddress().toString() << takeComplaint();
        remove(handshake);
        break;
    }
}

void Reception::handOver(Handshake* handshake, bool isAgreed)
{
    m_poller.remove(handshake->number());
    Outcome outcome{{}, handshake->tag(), handshake->ticket(), {}};
    if (isAgreed) {
        std::array<int, 2> ends{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) == 0) {
            const auto onTheWay = std::make_shared<std::atomic<qint64>>(0);
            outcome.descriptor = Descriptor(ends[0], handshake->peerAddress(), onTheWay);
            for (const int end : ends)
                ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &localBuffer, sizeof localBuffer);
            outcome.link = handshake->toLink(Descriptor(ends[1]), onTheWay);
            m_done.fetch_add(1, std::memory_order_relaxed);
        } else {
            m_failed.fetch_add(1, std::memory_order_relaxed);
            qCWarning(lcTls).noquote() << "no descriptor is left for" << handshake->peerAddress().toString();
        }
    } else {
        outcome.descriptor = handshake->release();
    }
    remove(handshake);
    if (outcome.descriptor.isOpen())
        m_sink(std::move(outcome));
}

void Reception::giveUp(Handshake* handshake)
{
    m_late.fetch_add(1, std::memory_order_relaxed);
    remove(handshake);
}

void Reception::giveUpLate(Clock::time_point now)
{
    if (now - m_looked < betweenGlances)
        return;
    m_looked = now;
    std::vector<Handshake*> late;
    for (const auto& [handshake, owner] : m_all) {
        if (now >= handshake->deadline())
            late.push_back(handshake);
    }
    for (Handshake* const handshake : late)
        giveUp(handshake);
}

void Reception::remove(Handshake* handshake)
{
    if (m_begun.remove(handshake) == 0)
        m_waiting.remove(shareOf(*handshake), handshake);
    if (!handshake->ticket())
        m_withoutTicket.remove(handshake);
    m_running.fetch_sub(1, std::memory_order_relaxed);
    m_all.erase(handshake);
}

} // namespace prism::io::tls
