#pragma once

#include "server/telemetry/histogram.h"

#include <QByteArray>

#include <chrono>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace prism::telemetry {

/// Answers to requests by method and route, see RequestStats.
struct RequestFigures
{
    struct Key
    {
        QByteArray route;  ///< the pattern, or RequestStats::unmatched
        QByteArray method; ///< or RequestStats::other

        bool operator<(const Key& o) const { return std::tie(route, method) < std::tie(o.route, o.method); }
    };

    struct Answers
    {
        std::map<int, quint64> byStatus; ///< under 0 all that have no counter of their own
        HistogramValues durations;
    };

    std::map<Key, Answers> answers;

    void merge(const RequestFigures& other);
    quint64 total() const;
};

/// Counts the answers of one HTTP worker. One thread counts, any thread reads; counting does not allocate.
class RequestStats
{
public:
    struct Route
    {
        QByteArray method;
        QByteArray pattern;
    };

    static constexpr const char* unmatched = "unmatched";
    static constexpr const char* other = "other";

    explicit RequestStats(const std::vector<Route>& routes);

    /// Counts an answer of the route at this place in the list. HEAD is counted apart from GET.
    void countAnswer(std::size_t route, const QByteArray& method, int status,
                     std::chrono::nanoseconds duration);

    /// Counts an answer that no route gave.
    void countUnmatched(const QByteArray& method, int status, std::chrono::nanoseconds duration);

    /// Only what was answered at least once.
    RequestFigures figures() const;

    /// The statuses that have a counter of their own, rising.
    static constexpr std::array statuses{200, 201, 202, 204, 206, 304, 400, 401, 403, 404,
                                         405, 408, 409, 411, 412, 413, 414, 415, 422, 426,
                                         428, 429, 431, 500, 501, 503, 504, 505};

private:
    struct Line
    {
        RequestFigures::Key key;
        std::array<Counter, statuses.size() + 1> byStatus;
        Histogram durations{durationBuckets()};

        explicit Line(RequestFigures::Key itsKey)
            : key(std::move(itsKey))
        {
        }
        void count(int status, std::chrono::nanoseconds duration);
    };

    std::vector<std::unique_ptr<Line>> m_byRoute; ///< two a route: its method, and HEAD
    std::vector<std::unique_ptr<Line>> m_unmatched;
};

} // namespace prism::telemetry
