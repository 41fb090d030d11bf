#pragma once

#include "server/log/entry.h"

#include <QHash>
#include <QList>

namespace prism::log {

/// Keeps what is said over and over from filling the log: entries that differ in their numbers alone are
/// alike; of those the first few of a minute are written, the others counted, and their number is told when
/// the minute is over. Debug entries, which somebody asked for, and fatal ones are always written. Not
/// thread-safe.
class Repetitions
{
public:
    static constexpr int written = 5; ///< of a minute's entries that are alike
    static constexpr std::chrono::seconds minute{60};
    static constexpr qsizetype mostKinds = 64; ///< told apart at a time; the oldest is given up for a new one

    /// Whether the entry is to be written. `over` is given what has to be told before it.
    bool admit(const Entry& entry, QList<Entry>& over);

    /// What has to be told of minutes that are over at `now`.
    QList<Entry> takeOver(protocol::Timestamp now);

    /// What has to be told at the end.
    QList<Entry> takeAll();

    /// Whether anything is counted that has not been told.
    bool isCounting() const;

private:
    struct Kind
    {
        protocol::Timestamp began;
        Entry last;
        int entries = 0;
    };

    static Entry summaryOf(const Kind& kind);
    static bool isOver(const Kind& kind, protocol::Timestamp now);
    static void tell(const Kind& kind, QList<Entry>& told);
    void makeRoom(QList<Entry>& over);

    QHash<QString, Kind> m_kinds;
};

} // namespace prism::log
