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
    auto found = m_kinds.find(key);
    if (found != m_kinds.end() && (entry.at - found->began >= minute || entry.at < found->began)) {
        if (found->entries > written)
            over.append(summaryOf(*found));
        m_kinds.erase(found);
        found = m_kinds.end();
    }
    if (found == m_kinds.end()) {
        makeRoom(over);
        found = m_kinds.insert(key, Kind{entry.at, {}, 0});
    }
    found->entries += 1;
    if (found->entries <= written)
        return true;
    found->last = entry;
    return false;
}

void Repetitions::makeRoom(QList<Entry>& over)
{
    if (m_kinds.size() < mostKinds)
        return;
    const auto oldest =
        std::min_element(m_kinds.begin(), m_kinds.end(),
                         [](const Kind& left, const Kind& right) { return left.began < right.began; });
    if (oldest->entries > written)
        over.append(summaryOf(*oldest));
    m_kinds.erase(oldest);
}

Entry Repetitions::summaryOf(const Kind& kind)
{
    Entry summary = kind.last;
    summary.message =
        QStringLiteral("%1 more like this, the last: %2").arg(kind.entries - written).arg(kind.last.message);
    return summary;
}

QList<Entry> Repetitions::take(bool (*isOver)(const Kind&, protocol::Timestamp), protocol::Timestamp now)
{
    QList<Entry> told;
    for (auto kind = m_kinds.begin(); kind != m_kinds.end();) {
        if (!isOver(*kind, now)) {
            ++kind;
            continue;
        }
        if (kind->entries > written)
            told.append(summaryOf(*kind));
        kind = m_kinds.erase(kind);
    }
    return told;
}

QList<Entry> Repetitions::takeOver(protocol::Timestamp now)
{
    return take(
        [](const Kind& kind, protocol::Timestamp at) { return at - kind.began >= minute || at < kind.began; },
        now);
}

QList<Entry> Repetitions::takeAll()
{
    return take([](const Kind&, protocol::Timestamp) { return true; }, {});
}

bool Repetitions::isCounting() const
{
    return std::any_of(m_kinds.begin(), m_kinds.end(),
                       [](const Kind& kind) { return kind.entries > written; });
}

} // namespace prism::log
