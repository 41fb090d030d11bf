#include "server/log/repetitions.h"

#include <algorithm>

namespace prism::log {

namespace {

/// Two entries of the same key are alike.
QString keyOf(const Entry& entry)
{
    constexpr qsizetype longest = 200;
    QString key = QString::number(entry.type) + QLatin1Char(' ') + QString::fromLatin1(entry.category) +
                  QLatin1Char(' ');
    const QStringView message = QStringView(entry.message).left(longest);
    for (qsizetype i = 0; i < message.size(); ++i) {
        if (!message[i].isDigit())
            key += message[i];
        else if (!key.endsWith(QLatin1Char('#')))
            key += QLatin1Char('#');
    }
    return key;
}

} // namespace

bool Repetitions::admit(const Entry& entry, QList<Entry>& over)
{
    if (entry.type == QtDebugMsg || entry.type == QtFatalMsg)
        return true;
    const QString key = keyOf(entry);
    if (m_kinds.contains(key) && isOver(m_kinds[key], entry.at))
        tell(m_kinds.take(key), over);
    if (!m_kinds.contains(key)) {
        makeRoom(over);
        m_kinds[key].began = entry.at;
    }
    Kind& kind = m_kinds[key];
    kind.entries += 1;
    if (kind.entries <= written)
        return true;
    kind.last = entry;
    return false;
}

void Repetitions::makeRoom(QList<Entry>& over)
{
    if (m_kinds.size() < mostKinds)
        return;
    QString oldest;
    for (auto kind = m_kinds.cbegin(); kind != m_kinds.cend(); ++kind) {
        if (oldest.isEmpty() || kind->began < m_kinds[oldest].began)
            oldest = kind.key();
    }
    tell(m_kinds.take(oldest), over);
}

bool Repetitions::isOver(const Kind& kind, protocol::Timestamp now)
{
    return now - kind.began >= minute || now < kind.began;
}

void Repetitions::tell(const Kind& kind, QList<Entry>& told)
{
    if (kind.entries > written)
        told.append(summaryOf(kind));
}

Entry Repetitions::summaryOf(const Kind& kind)
{
    Entry summary = kind.last;
    summary.message =
        QStringLiteral("%1 more like this, the last: %2").arg(kind.entries - written).arg(kind.last.message);
    return summary;
}

QList<Entry> Repetitions::takeOver(protocol::Timestamp now)
{
    QList<Entry> told;
    m_kinds.removeIf([&](const auto& kind) {
        if (!isOver(kind.value(), now))
            return false;
        tell(kind.value(), told);
        return true;
    });
    return told;
}

QList<Entry> Repetitions::takeAll()
{
    QList<Entry> told;
    for (const Kind& kind : std::as_const(m_kinds))
        tell(kind, told);
    m_kinds.clear();
    return told;
}

bool Repetitions::isCounting() const
{
    return std::any_of(m_kinds.cbegin(), m_kinds.cend(),
                       [](const Kind& kind) { return kind.entries > written; });
}

} // namespace prism::log
