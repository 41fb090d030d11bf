#include "server/analytics/window_noise.h"

#include "server/analytics/byte_codec.h"
#include "server/analytics/calendar.h"
#include "server/analytics/day_start.h"
#include "server/analytics/last_moment.h"
#include "server/analytics/stable_hash.h"
#include "shared/protocol/try.h"

#include <QDateTime>

namespace prism::analytics {

using protocol::Result;

namespace {

constexpr int pairsOfDays = 56;
constexpr int pairsOfWeeks = 26;
constexpr int longestInDays = 62; // longer windows are held against whole weeks

/// Spans of one length, oldest first, and how many lie between two that are compared.
struct Spans
{
    std::vector<Span> spans;
    std::size_t apart = 1;
};

Spans daysBefore(QDate first, const QTimeZone& zone)
{
    Spans days{{}, daysInAWeek};
    for (int back = pairsOfDays + daysInAWeek; back > 0; --back)
        days.spans.push_back({dayStart(first.addDays(-back), zone), dayStart(first.addDays(1 - back), zone)});
    return days;
}

Spans weeksBefore(QDate first, const QTimeZone& zone)
{
    Spans weeks;
    for (int back = pairsOfWeeks + 1; back > 0; --back)
        weeks.spans.push_back({dayStart(first.addDays(-back * daysInAWeek), zone),
                               dayStart(first.addDays((1 - back) * daysInAWeek), zone)});
    return weeks;
}

Spans spansBefore(const Window& window, const QTimeZone& zone)
{
    const QDate first = localTime(window.span.from, zone).date();
    const int days = daysOf(window.period);
    if (days > longestInDays)
        return weeksBefore(first, zone);
    Spans spans = daysBefore(first, zone);
    if (days > 1)
        return spans;
    const QTime quarter = localTime(quarterOf(window.now), zone).time();
    for (Span& day : spans.spans)
        day.to = std::clamp(lastMomentOf(localTime(day.from, zone).date(), quarter, zone), day.from, day.to);
    return spans;
}

void add(const SpanFacts& now, const SpanFacts& before, WindowNoise& noise)
{
    for (std::size_t i = 0; i < numberCount; ++i) {
        const NumberKind& kind = numberKinds()[i];
        if (kind.measure)
            noise.numbers[i].add(*kind.measure, {kind.measured(now), kind.measured(before)}, kind.leastSize);
    }
}

} // namespace

quint64 WindowNoise::hash() const
{
    ByteWriter writer;
    for (const statistics::Noise& noise : numbers) {
        writer.signedNumber(noise.pairs());
        writer.real(noise.dispersion(0, false));
        writer.real(noise.correlation());
    }
    return stableHash(writer.bytes());
}

Result<WindowNoise> measureNoise(Source& source, const Window& window, const QTimeZone& zone)
{
    WindowNoise noise;
    PRISM_TRY_ASSIGN(const auto earliest, source.earliest());
    const auto [spans, apart] = spansBefore(window, zone);
    std::vector<std::optional<SpanFacts>> facts;
    for (const Span& span : spans) {
        facts.emplace_back();
        if (!earliest || span.from <= *earliest)
            continue;
        PRISM_TRY_ASSIGN(facts.back(), SpanFacts::of(source, span));
        const std::size_t i = facts.size() - 1;
        if (i >= apart && facts[i - apart])
            add(*facts.back(), *facts[i - apart], noise);
    }
    return noise;
}

} // namespace prism::analytics
