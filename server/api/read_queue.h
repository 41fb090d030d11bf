#pragma once

#include "server/api/patience.h"
#include "server/http/address_key.h"

#include <QHash>

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <vector>

namespace prism::api {

struct Reading;

/// How much a read may cost. Bounded: no more than an answer of the usual size, whatever is stored. Open:
/// more where there is more history.
enum class Effort { Bounded, Open };

/// A read on its way to a reader.
struct ReadJob
{
    QHostAddress peer; ///< who asked
    Effort effort = Effort::Bounded;
    std::size_t bytes = 0; ///< that it holds meanwhile
    Patience patience;
    std::function<void(Reading&)> work;                  ///< answers
    std::function<void(const protocol::Error&)> decline; ///< the same where the work is not begun
    QString token = {};                                  ///< who asked, where they had to say
};

/// Where reads wait for a reader, in two rows: one for each effort. Those of one address wait behind each
/// other, and addresses take turns; none gets more than its share. Used from any thread.
class ReadQueue
{
public:
    /// Those of each row. A body that is the only one, of all or of its address, may be larger than `bytes`
    /// or than the half of them that an address may have.
    struct Limits
    {
        std::size_t places = 1;
        std::size_t placesOfAddress = 0; ///< 0 for half of all
        std::size_t bytes = 1;
        std::size_t placesOfToken = 0; ///< 0 for half of all
    };

    explicit ReadQueue(const Limits& limits)
        : m_limits(limits)
    {
    }

    /// Takes the job, or says why not and leaves it: Unavailable when there is no place, or after close(),
    /// RateLimit when the token has as many as it may.
    /// Jobs that nobody waits for any more make room: they are `forgotten`, and have to be declined.
    std::optional<protocol::Error> push(ReadJob& job, std::vector<ReadJob>& forgotten);

    enum class Taker { OfAll, OfBounded };

    /// Waits for the next job; those whose patience is over come first, to every taker. Nothing after close()
    /// once none is left.
    std::optional<ReadJob> take(Taker taker);

    /// Takes no further jobs, and no further open ones; those of them that wait are given back.
    std::vector<ReadJob> close();
    std::vector<ReadJob> closeOpen();

    struct Level
    {
        std::size_t waiting = 0;
        std::size_t places = 0; ///< of both rows
        quint64 refusals = 0;   ///< so far, because there was no place
    };

    Level level() const;

private:
    struct Turn
    {
        std::optional<http::AddressKey> address;
        std::deque<ReadJob> jobs; ///< one at least
        std::size_t bytes = 0;
    };

    struct Row
    {
        std::list<Turn> turns;
        QHash<QString, std::size_t> ofTokens; ///< how many each has
        std::size_t size = 0;
        std::size_t bytes = 0;
        bool isClosed = false;
    };

    using Turns = std::list<Turn>;

    Row& rowOf(Effort effort) { return m_rows[std::size_t(effort)]; }
    static Turns::iterator turnOf(Row& row, const std::optional<http::AddressKey>& address);
    std::optional<protocol::Error> whyNot(const ReadJob& job, const Row& row,
                                          Turns::const_iterator turn) const;
    static ReadJob takeOut(Row& row, Turn& turn, const std::deque<ReadJob>::iterator& job);
    static ReadJob takeFirst(Row& row);
    static std::optional<ReadJob> takeOver(Row& row);
    static std::vector<ReadJob> empty(Row& row);
    static void forgetAbandoned(Row& row, std::vector<ReadJob>& forgotten);

    const Limits m_limits;
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    std::array<Row, 2> m_rows;
    quint64 m_refusals = 0;
};

} // namespace prism::api
