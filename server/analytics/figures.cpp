#include "server/analytics/figures.h"

#include "server/analytics/byte_codec.h"

#include <algorithm>
#include <cmath>

namespace prism::analytics {

namespace {

/// All that are whole numbers, in the order in which they are stored.
template <typename F>
auto counts(F& figures)
{
    return std::array{&figures.checks,
                      &figures.passed,
                      &figures.checksWithViolations,
                      &figures.violations,
                      &figures.falsePositives,
                      &figures.bySeverity[0],
                      &figures.bySeverity[1],
                      &figures.bySeverity[2],
                      &figures.retros,
                      &figures.timedRetros,
                      &figures.hits};
}

} // namespace

std::optional<double> ratio(qint64 part, qint64 whole)
{
    return whole > 0 ? std::optional(double(part) / double(whole)) : std::nullopt;
}

void Figures::add(const protocol::Check& check)
{
    ++checks;
    passed += check.status == protocol::CheckStatus::Pass ? 1 : 0;
    countViolations(check, 1);
}

void Figures::add(const protocol::Retro& retro)
{
    ++retros;
    if (retro.duration > 0) {
        ++timedRetros;
        retroDuration += retro.duration;
    }
}

void Figures::countViolations(const protocol::Check& check, int sign)
{
    const protocol::ViolationCounts all = countsOf(check);
    const qint64 counted = all.live();
    falsePositives += sign * all.falsePositive;
    bySeverity[std::size_t(protocol::Severity::Info)] += sign * all.info;
    bySeverity[std::size_t(protocol::Severity::Warning)] += sign * all.warning;
    bySeverity[std::size_t(protocol::Severity::Block)] += sign * all.block;
    violations += sign * counted;
    hits += sign * std::min(counted, mostHits);
    checksWithViolations += counted > 0 ? sign : 0;
}

Figures& Figures::operator+=(const Figures& other)
{
    const auto mine = counts(*this);
    const auto theirs = counts(other);
    for (std::size_t i = 0; i < mine.size(); ++i)
        *mine[i] += *theirs[i];
    retroDuration += other.retroDuration;
    return *this;
}

Figures& Figures::operator-=(const Figures& other)
{
    const auto mine = counts(*this);
    const auto theirs = counts(other);
    for (std::size_t i = 0; i < mine.size(); ++i)
        *mine[i] -= *theirs[i];
    retroDuration -= other.retroDuration;
    return *this;
}

std::optional<double> Figures::meanRetroDuration() const
{
    return timedRetros > 0 ? std::optional(retroDuration / double(timedRetros)) : std::nullopt;
}

bool Figures::areCounts() const
{
    const auto all = counts(*this);
    return std::none_of(all.begin(), all.end(), [](const qint64* count) { return *count < 0; });
}

void Figures::write(ByteWriter& writer) const
{
    for (const qint64* count : counts(*this))
        writer.signedNumber(*count);
    writer.real(retroDuration);
}

Figures Figures::read(ByteReader& reader)
{
    Figures figures;
    for (qint64* count : counts(figures))
        *count = reader.signedNumber();
    figures.retroDuration = reader.real();
    if (!std::isfinite(figures.retroDuration))
        reader.refuse();
    return reader.isGood() ? figures : Figures();
}

bool Figures::agrees(const Figures& other) const
{
    Figures same = other;
    if (agreeAsSums(retroDuration, other.retroDuration))
        same.retroDuration = retroDuration;
    return *this == same;
}

bool agreeAsSums(double a, double b)
{
    constexpr double most = 1e-9;
    return std::abs(a - b) <= most * std::max({1.0, std::abs(a), std::abs(b)});
}

} // namespace prism::analytics
