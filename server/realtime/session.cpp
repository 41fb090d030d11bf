#include "server/realtime/session.h"

#include "shared/protocol/timestamp.h"
#include "shared/protocol/version.h"

#include <QJsonObject>
#include <QLoggingCategory>
#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <limits>

Q_LOGGING_CATEGORY(lcRealtime, "prism.realtime")

namespace prism::realtime {

using protocol::ErrorCode;
using protocol::Result;
using protocol::Seq;

namespace {

constexpr int tooSlow = 4008;
constexpr std::chrono::milliseconds abortAfter{3'000};

/// A replay lets the worker's other sessions have their turn after about so many bytes; an event that is
/// filtered out counts as rowCost.
constexpr qint64 longestTurn = 1024LL * 1024;
constexpr qint64 rowCost = 100;

} // namespace

Session::Session(const Context& context, Encoding encoding, int descriptor, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_id(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_helloHead(context.backlog.head())
    , m_cursor(context.cursors.place(this, descriptor, encoding, m_helloHead + 1))
    , m_lastProgress(Clock::now())
    , m_view(context.dashboards)
{
}

SessionFilter& Session::changeFilter()
{
    m_cursor->keepsUp = false; // until the next pump() finds that it wants all
    return m_filter;
}

void Session::goLive()
{
    m_isLive = true;
    pump();
}

bool Session::resume(const QString& epoch, Seq since)
{
    const Seq head = m_context.backlog.head();
    const bool hasBegun = reached() > m_helloHead;
    const bool isThere = epoch == m_context.epoch && since <= head && !hasBegun &&
                         (since == head || m_context.reader.read(since + 1, head).has_value());
    m_cursor->next = (isThere ? since : head) + 1;
    if (isThere)
        m_replay = Replay{since, head};
    m_context.stats.countResume(isThere);
    return isThere;
}

void Session::look(std::optional<protocol::Period> period)
{
    m_view.look(period);
}

void Session::show(protocol::Period period, const DashboardPtr& dashboard)
{
    m_view.offer(period, dashboard);
    sendDashboard();
}

void Session::sendDashboard()
{
    if (m_view.isWaiting() && !m_isClosing && !m_isBlocked)
        put(m_view.take()->bytes);
}

void Session::pump()
{
    sendDashboard();
    if (!m_isLive || m_isPumping || m_isClosing)
        return;
    m_isPumping = true;
    m_cursor->keepsUp = false;
    const qint64 before = m_cursor->written;
    qint64 rows = 0;
    for (;;) {
        if (m_replay && m_cursor->next > m_replay->to)
            replayed(*std::exchange(m_replay, std::nullopt));
        sendDashboard();
        if (m_isBlocked || m_cursor->next > m_context.backlog.head())
            break;
        const Seq to = m_replay ? m_replay->to : std::numeric_limits<Seq>::max();
        const Result<FrameReader::Stretch*> stretch = m_context.reader.read(m_cursor->next, to);
        if (!stretch) {
            if (stretch.error().code == ErrorCode::NotFound)
                closeAsTooSlow(stretch.error().message);
            else
                close(goingAway, stretch.error().message);
            break;
        }
        rows += qint64((*stretch)->frames.size());
        send(**stretch);
        if (m_cursor->written - before + rows * rowCost > longestTurn) {
            QMetaObject::invokeMethod(this, &Session::pump, Qt::QueuedConnection);
            break;
        }
    }
    m_isPumping = false;
    m_cursor->keepsUp = m_filter.wantsAll() && !m_replay && !m_view.isWaiting() && !m_isBlocked &&
                        !m_isClosing && m_cursor->descriptor >= 0;
}

void Session::send(FrameReader::Stretch& stretch)
{
    m_cursor->next = stretch.frames.back()->seq + 1;
    QByteArray out;
    std::size_t wanted = stretch.frames.size();
    if (m_filter.wantsAll()) {
        out = m_context.reader.joined(stretch, m_cursor->encoding);
    } else {
        wanted = 0;
        for (const FramePtr& frame : stretch.frames) {
            if (!m_filter.wants(frame->type, frame->project))
                continue;
            out += m_context.reader.encoded(*frame, m_cursor->encoding);
            ++wanted;
        }
    }
    m_context.stats.countDeliveries(wanted, out.size());
    put(out);
}

void Session::put(const QByteArray& bytes)
{
    if (bytes.isEmpty() || m_cursor->descriptor < 0)
        return;
    if (m_isBlocked) {
        m_cursor->written += bytes.size();
        keep(bytes);
        return;
    }
    const qsizetype taken = m_cursor->write(bytes);
    if (taken < bytes.size())
        fallBehind(bytes.sliced(taken));
}

void Session::fallBehind(const QByteArray& rest)
{
    block();
    keep(rest);
}

void Session::block()
{
    m_isBlocked = true;
    m_cursor->keepsUp = false;
}

void Session::forgetDescriptor()
{
    m_cursor->descriptor = -1;
    m_cursor->keepsUp = false;
}

void Session::unblock()
{
    m_isBlocked = kept() > 0;
    if (!m_isBlocked)
        pump();
}

void Session::beginClosing()
{
    if (std::exchange(m_isClosing, true))
        return;
    m_cursor->keepsUp = false;
    QTimer::singleShot(abortAfter, this, &Session::abort);
}

void Session::close(int code, const QString& reason)
{
    if (m_isClosing)
        return;
    beginClosing();
    sayGoodbye(code, reason);
}

void Session::tick(Clock::time_point now)
{
    if (m_isClosing)
        return;
    const qint64 waiting = unsent();
    const qint64 taken = m_cursor->written - waiting;
    if (waiting == 0 || taken > m_takenAtTick)
        m_lastProgress = now;
    m_takenAtTick = std::max(taken, m_takenAtTick);
    if (now - m_lastProgress > m_context.settings.slowTimeout) {
        qCInfo(lcRealtime).noquote() << "session" << m_id << "is too slow, at seq" << reached();
        closeAsTooSlow(QStringLiteral("too slow"));
        return;
    }
    keepAlive(now);
}

void Session::closeAsTooSlow(const QString& reason)
{
    m_context.stats.countSlowClose();
    close(tooSlow, reason);
}

telemetry::SessionKind Session::kind() const
{
    return m_cursor->encoding == Encoding::EventStream ? telemetry::SessionKind::Stream
                                                       : telemetry::SessionKind::WebSocket;
}

QJsonObject Session::resumedData(Seq from, Seq to, bool complete)
{
    return {{QLatin1String("from"), qint64(from)},
            {QLatin1String("to"), qint64(to)},
            {QLatin1String("complete"), complete}};
}

QJsonObject Session::helloData() const
{
    return {{QLatin1String("connectionId"), m_id},
            {QLatin1String("serverTime"), protocol::toIso(protocol::now())},
            {QLatin1String("epoch"), m_context.epoch},
            {QLatin1String("seq"), qint64(m_helloHead)},
            {QLatin1String("version"), QString::fromLatin1(prism::version)}};
}

} // namespace prism::realtime
