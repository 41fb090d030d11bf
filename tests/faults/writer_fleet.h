#pragma once

#include "tests/faults/ledger.h"

#include <atomic>
#include <thread>
#include <vector>

namespace prism::test {

/// Writers on connections of their own, each with one request on its way, for as long as the server answers:
/// most write records one by one, every eighth NDJSON of checks, half of those with so many violations that
/// the server writes them in slices. Works on a thread of its own.
class WriterFleet
{
public:
    static constexpr int linesEach = 25;

    /// Of each of its checks, where a batch has any.
    static constexpr int violationsEach = 60;

    /// `label` goes into every name, so that no two fleets write the same one. `ledger` outlives the fleet.
    WriterFleet(quint16 port, int writers, const QByteArray& label, Ledger& ledger);

    /// Stops writing and waits for what is on its way, at most a few seconds.
    ~WriterFleet();

    /// Writes acknowledged so far.
    int acknowledged() const { return m_acknowledged; }

private:
    struct Writer
    {
        int descriptor = -1;
        int number = 0;
        int sent = 0;
        QByteArray current;
        QByteArray received;

        bool isBatch() const { return number % 8 == 7; }
        bool isLarge() const { return number % 16 == 15; }
    };

    void run(quint16 port, int writers);
    static QByteArray violationsOf(const Writer& writer);
    bool sendNext(Writer& writer);
    bool receive(Writer& writer);
    void note(const Writer& writer, int status);

    const QByteArray m_label;
    Ledger& m_ledger;
    std::atomic<int> m_acknowledged{0};
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

} // namespace prism::test
