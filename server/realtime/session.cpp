#include "server/realtime/session.h"

#include "shared/protocol/timestamp.h"
#include "shared/protocol/version.h"
#include "shared/protocol/web_socket_frame.h"

#include <QJsonObject>
#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>
#include <limits>
#include <utility>

Q_LOGGING_CATEGORY(lcRealtime, "prism.realtime")

namespace prism::realtime {

using protocol::ErrorCode;
using protocol::Result;
using protocol::Seq;

namespace {

constexpr std::chrono::milliseconds abortAfter{3'000};

/// A replay lets the worker's other sessions have their turn after about so many bytes; an event that is
/// filtered out counts as rowCost.
constexpr qint64 longestTurn = 1024LL * 1024;
constexpr qint64 rowCost = 100;

/// A client that asks faster than it reads its answers is cut off beyond this.
constexpr qint64 mostUnreadAnswers = 1024LL * 1024;

} // namespace

Session::Session(const Context& context, std::unique_ptr<Outlet> outlet, const Guest& guest, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_id(QUuid::createUuid())
    , m_helloHead(context.backlog.head())
    , m_outlet(std::move(outlet))
    , m_cursor(context.cursors.place(this, m_outlet->stream().wire(), m_outlet->encoding(), m_helloHead + 1))
    , m_filter(guest.reach)
    , m_view(context.views, guest.address)
{
    io::Stream& stream = m_outlet->stream();
    stream.countIn(context.unsent);
    connect(&stream, &io::Stream::held, this, [this] { m_cursor->keepsUp = false; });
    connect(&stream, &io::Stream::drained, this, &Session::pump);
}

/// A stream that goes may say so, and the rest of the session is gone by then.
Session::~Session()
{
    m_outlet->stream().disconnect(this);
}

SessionFilter& Session::changeFilter()
{
    m_cursor->keepsUp = false; // until the next pump() finds that it wants all
    return m_filter;
}

void Session::begin()
{
    m_outlet->begin(*this);
    pump();
}

/// Who knows of more than its greeting tells, by another way than this session, has missed nothing before it;
/// but what is still to happen is of another past.
void Session::resume(const QString& epoch, Seq since)
{
    const Seq to = std::max(m_helloHead, since);
    const bool isOfThisPast = epoch == m_context.epoch && since <= m_context.backlog.head();
    const bool isThere = isOfThisPast && (since == to || m_context.reader.read(since + 1, to).has_value());
    m_context.stats.countResume(isThere);
    if (isThere)
        m_replay = Replay{since, to, since + 1};
    else
        tellResumed(since, m_helloHead, false);
    m_cursor->keepsUp = false;
}

void Session::show(const UpdatePtr& update)
{
    m_view.offer(update);
    sendUpdates();
}

void Session::sendUpdates()
{
    while (m_view.isWaiting() && !m_isClosing && !isBlocked())
        put(m_view.take()->bytes);
}

void Session::pump()
{
    sendUpdates();
    if (m_isPumping || m_isClosing || m_goesOnLater)
        return;
    m_isPumping = true;
    m_cursor->keepsUp = false;
    const qint64 before = m_cursor->written;
    qint64 rows = 0;
    while (pumpOn(rows)) {
        if (m_cursor->written - before + rows * rowCost > longestTurn) {
            tellPassed(); // that there is nothing for a client is a sign of life as well
            m_goesOnLater = true;
            QMetaObject::invokeMethod(this, &Session::goOn, Qt::QueuedConnection);
            break;
        }
    }
    m_isPumping = false;
    m_cursor->keepsUp = m_filter.wantsAll() && !m_replay && !m_view.isWaiting() && !isBlocked() &&
                        !m_isClosing && m_cursor->wire.leadsSomewhere();
}

void Session::goOn()
{
    m_goesOnLater = false;
    pump();
}

/// Sends the next stretch, of `rows` events; false when there is none, or the client takes none.
bool Session::pumpOn(qint64& rows)
{
    if (m_replay && m_replay->next > m_replay->to) {
        tellPassed();
        const Replay done = *std::exchange(m_replay, std::nullopt);
        tellResumed(done.from, done.to, true);
    }
    sendUpdates();
    Seq& next = m_replay ? m_replay->next : m_cursor->next;
    if (isBlocked() || m_isClosing || next > m_context.backlog.head())
        return false;
    const Seq to = m_replay ? m_replay->to : std::numeric_limits<Seq>::max();
    const Result<FrameReader::Stretch*> stretch = m_context.reader.read(next, to);
    if (!stretch) {
        if (stretch.error().code == ErrorCode::NotFound)
            closeAsTooSlow(stretch.error().message);
        else
            close(goingAway, stretch.error().message);
        return false;
    }
    next = (*stretch)->frames.back()->seq + 1;
    rows += qint64((*stretch)->frames.size());
    send(**stretch);
    return true;
}

void Session::send(FrameReader::Stretch& stretch)
{
    std::size_t wanted = stretch.frames.size();
    const QByteArray out = m_filter.wantsAll() ? m_context.reader.joined(stretch, m_cursor->encoding)
                                               : wantedOf(stretch, wanted);
    m_context.stats.countDeliveries(wanted, out.size());
    put(out);
}

QByteArray Session::wantedOf(const FrameReader::Stretch& stretch, std::size_t& wanted)
{
    QByteArray out;
    wanted = 0;
    for (const FramePtr& frame : stretch.frames) {
        if (!m_filter.reaches(frame->type, frame->project)) {
            passed() = frame->seq;
        } else if (m_filter.wants(frame->type, frame->project)) {
            out += takePassed();
            out += m_context.reader.encoded(*frame, m_cursor->encoding);
            ++wanted;
        }
    }
    return out;
}

QByteArray Session::takePassed()
{
    const auto to = std::exchange(passed(), std::nullopt);
    if (!to)
        return {};
    const QJsonObject data{{QLatin1String("to"), qint64(*to)}};
    return m_outlet->encoded({QString(protocol::message_type::passed), 0, data, protocol::now()}, *to);
}

void Session::tellPassed()
{
    if (!m_isClosing)
        put(takePassed());
}

bool Session::look(std::optional<protocol::View> view)
{
    if (view)
        view->projects = m_filter.reach().within(view->projects);
    return m_view.look(view);
}

void Session::put(const QByteArray& bytes)
{
    if (bytes.isEmpty() || !m_cursor->wire.leadsSomewhere())
        return;
    if (isBlocked()) {
        m_cursor->written += bytes.size();
        fallBehind(bytes);
        return;
    }
    const qsizetype taken = m_cursor->write(bytes);
    if (taken < bytes.size())
        fallBehind(bytes.sliced(taken));
}

void Session::fallBehind(const QByteArray& rest)
{
    m_largestKept = std::max(isBlocked() ? m_largestKept : 0, qint64(rest.size()));
    m_outlet->stream().writeLater(rest);
}

bool Session::isOverwhelmed() const
{
    return unsent() > m_largestKept + mostUnreadAnswers;
}

void Session::tell(QLatin1String type, const QJsonObject& data)
{
    if (!m_isClosing)
        put(m_outlet->encoded({QString(type), 0, data, protocol::now()}, reached()));
}

void Session::tellResumed(Seq from, Seq to, bool complete)
{
    tell(protocol::message_type::resumed, {{QLatin1String("from"), qint64(from)},
                                           {QLatin1String("to"), qint64(to)},
                                           {QLatin1String("complete"), complete}});
}

/// The number of a descriptor that is closed may soon be another's.
void Session::end()
{
    m_cursor->wire = {};
    m_cursor->keepsUp = false;
    m_isClosing = true;
    emit finished();
}

void Session::beginClosing()
{
    if (std::exchange(m_isClosing, true))
        return;
    m_cursor->keepsUp = false;
    QTimer::singleShot(abortAfter, this, [this] { m_outlet->abort(); });
}

void Session::close(int code, const QString& reason)
{
    if (m_isClosing)
        return;
    beginClosing();
    m_outlet->sayGoodbye(code, reason);
}

void Session::tick(Clock::time_point now)
{
    if (m_isClosing)
        return;
    if (!keepsUpWithAll(now)) {
        qCInfo(lcRealtime).noquote() << "session" << name() << "is too slow, at seq" << reached();
        closeAsTooSlow(QStringLiteral("too slow"));
        return;
    }
    m_outlet->keepAlive(now);
}

/// What the kernel holds for the client has not been taken yet: it may be megabytes, and then nothing else
/// moves for long.
bool Session::keepsUpWithAll(Clock::time_point now)
{
    if (!isBlocked()) {
        m_pace.rest();
        return true;
    }
    const qint64 taken = m_cursor->written - unsent() - m_outlet->stream().unacknowledged();
    return m_pace.keepsUp(now, taken, m_context.settings.slowest);
}

void Session::closeAsTooSlow(const QString& reason)
{
    m_context.stats.countSlowClose();
    close(protocol::close_code::tooSlow, reason);
}

void Session::closeForFlooding()
{
    if (m_isClosing)
        return;
    m_context.stats.countFloodClose();
    qCInfo(lcRealtime).noquote() << "session" << name() << "sends more than it may";
    close(protocol::close_code::tooMuch, QStringLiteral("too much sent"));
}

telemetry::SessionKind Session::kind() const
{
    return m_cursor->encoding == Encoding::EventStream ? telemetry::SessionKind::Stream
                                                       : telemetry::SessionKind::WebSocket;
}

QJsonObject Session::helloData() const
{
    return {{QLatin1String("connectionId"), name()},
            {QLatin1String("serverTime"), protocol::toIso(protocol::now())},
            {QLatin1String("epoch"), m_context.epoch},
            {QLatin1String("seq"), qint64(m_helloHead)},
            {QLatin1String("version"), QString::fromLatin1(prism::version)}};
}

} // namespace prism::realtime
