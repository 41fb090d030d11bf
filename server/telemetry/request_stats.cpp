#include "server/telemetry/request_stats.h"

#include <algorithm>

namespace prism::telemetry {

namespace {

constexpr std::array methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

} // namespace

void RequestFigures::merge(const RequestFigures& other)
{
    for (const auto& [key, theirs] : other.answers) {
        const auto [ours, isNew] = answers.try_emplace(key, theirs);
        if (isNew)
            continue;
        for (const auto& [status, count] : theirs.byStatus)
            ours->second.byStatus[status] += count;
        ours->second.durations.merge(theirs.durations);
    }
}

quint64 RequestFigures::total() const
{
    quint64 total = 0;
    for (const auto& [key, each] : answers)
        total += each.durations.count();
    return total;
}

RequestStats::RequestStats(const std::vector<Route>& routes)
{
    for (const Route& route : routes) {
        m_byRoute.push_back(std::make_unique<Line>(RequestFigures::Key{route.pattern, route.method}));
        m_byRoute.push_back(std::make_unique<Line>(RequestFigures::Key{route.pattern, "HEAD"}));
    }
    for (const char* method : methods)
        m_unmatched.push_back(std::make_unique<Line>(RequestFigures::Key{unmatched, method}));
    m_unmatched.push_back(std::make_unique<Line>(RequestFigures::Key{unmatched, other}));
}

void RequestStats::Line::count(int status, std::chrono::nanoseconds duration)
{
    const auto* const known = std::lower_bound(statuses.begin(), statuses.end(), status);
    const bool isKnown = known != statuses.end() && *known == status;
    byStatus[isKnown ? std::size_t(known - statuses.begin()) : statuses.size()].add();
    durations.observe(quint64(std::max<qint64>(duration.count(), 0)));
}

void RequestStats::countAnswer(std::size_t route, const QByteArray& method, int status,
                               std::chrono::nanoseconds duration)
{
    m_byRoute[2 * route + (method == "HEAD" ? 1 : 0)]->count(status, duration);
}

void RequestStats::countUnmatched(const QByteArray& method, int status, std::chrono::nanoseconds duration)
{
    const auto* const known = std::find(methods.begin(), methods.end(), method);
    m_unmatched[std::size_t(known - methods.begin())]->count(status, duration);
}

RequestFigures RequestStats::figures() const
{
    RequestFigures figures;
    for (const auto* lines : {&m_byRoute, &m_unmatched}) {
        for (const std::unique_ptr<Line>& line : *lines) {
            RequestFigures::Answers answers{{}, line->durations.values()};
            if (answers.durations.count() == 0)
                continue;
            for (std::size_t i = 0; i < line->byStatus.size(); ++i) {
                if (const quint64 count = line->byStatus[i].value(); count > 0)
                    answers.byStatus[i < statuses.size() ? statuses[i] : 0] = count;
            }
            figures.answers.emplace(line->key, std::move(answers));
        }
    }
    return figures;
}

} // namespace prism::telemetry
