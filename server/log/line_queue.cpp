#include "server/log/line_queue.h"

#include "server/log/line.h"

namespace prism::log {

using Clock = std::chrono::steady_clock;

LineQueue::LineQueue(Format format, qint64 mostBytes)
    : m_format(format)
    , m_most(qsizetype(mostBytes))
{
}

void LineQueue::add(const Entry& entry)
{
    const std::lock_guard lock(m_mutex);
    QList<Entry> over;
    const bool isAdmitted = m_repetitions.admit(entry, over);
    for (const Entry& summary : std::as_const(over))
        append(summary);
    if (isAdmitted)
        append(entry);
    m_changed.notify_all();
}

void LineQueue::append(const Entry& entry)
{
    const QByteArray line = toLine(entry, m_format);
    if (m_waiting.size() + line.size() > m_most)
        ++m_dropped;
    else
        m_waiting += line;
}

QByteArray LineQueue::take()
{
    constexpr std::chrono::seconds betweenLooks{1};
    std::unique_lock lock(m_mutex);
    while (m_waiting.isEmpty() && !m_end) {
        // Without anything counted nobody has to look at the clock.
        if (m_repetitions.isCounting())
            m_changed.wait_for(lock, betweenLooks);
        else
            m_changed.wait(lock);
        tellWhatIsOver();
    }
    if (m_end) {
        for (const Entry& summary : m_repetitions.takeAll())
            append(summary);
    }
    tellDropped();
    m_isWriting = !m_waiting.isEmpty();
    return std::exchange(m_waiting, {});
}

void LineQueue::tellWhatIsOver()
{
    for (const Entry& summary : m_repetitions.takeOver(protocol::now()))
        append(summary);
}

/// Follows the lines that still found room.
void LineQueue::tellDropped()
{
    if (m_dropped == m_toldDropped)
        return;
    const Entry entry{QtWarningMsg, "prism.log",
                      QStringLiteral("%1 entries are missing here: nobody read the log in time")
                          .arg(m_dropped - m_toldDropped),
                      protocol::now()};
    m_waiting += toLine(entry, m_format);
    m_toldDropped = m_dropped;
}

void LineQueue::done(quint64 lost)
{
    const std::lock_guard lock(m_mutex);
    m_isWriting = false;
    m_lost += lost;
    m_changed.notify_all();
}

void LineQueue::close(std::chrono::milliseconds longest)
{
    const std::lock_guard lock(m_mutex);
    m_end = Clock::now() + longest;
    m_changed.notify_all();
}

bool LineQueue::isLate() const
{
    const std::lock_guard lock(m_mutex);
    return m_end && Clock::now() >= *m_end;
}

void LineQueue::waitUntilWritten(std::chrono::milliseconds longest)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, longest, [this] { return m_waiting.isEmpty() && !m_isWriting; });
}

quint64 LineQueue::dropped() const
{
    const std::lock_guard lock(m_mutex);
    return m_dropped + m_lost;
}

} // namespace prism::log
