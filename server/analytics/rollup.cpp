#include "server/analytics/rollup.h"

#include "server/analytics/sealed_bytes.h"
#include "server/analytics/stable_hash.h"

#include <algorithm>

namespace prism::analytics {

using protocol::Check;
using protocol::Retro;

namespace {

constexpr quint64 codecVersion = 3;
constexpr quint64 figuresVersion = 2;

quint64 hashOf(const Figures& figures)
{
    ByteWriter writer;
    figures.write(writer);
    return stableHash(writer.bytes());
}

} // namespace

void Rollup::add(const Check& check, bool imported)
{
    m_all.figures.add(check);
    if (imported)
        m_imported.figures.add(check);
    if (check.duration) {
        m_all.durations.add(*check.duration);
        if (imported)
            m_imported.durations.add(*check.duration);
    }
    m_users.add(check.user);
    m_sessions.add(check.session);
}

void Rollup::add(const Retro& retro, bool imported)
{
    m_all.figures.add(retro);
    if (imported)
        m_imported.figures.add(retro);
    m_users.add(retro.user);
}

void Rollup::remark(const Check& before, const Check& after, bool imported)
{
    for (Part* part : {&m_all, &m_imported}) {
        if (part == &m_imported && !imported)
            continue;
        part->figures.countViolations(before, -1);
        part->figures.countViolations(after, 1);
        part->figures.passed += int(after.status == protocol::CheckStatus::Pass) -
                                int(before.status == protocol::CheckStatus::Pass);
    }
}

/// So that marks of what was counted before take away no more than there is.
void Rollup::estimateHits()
{
    for (Part* part : {&m_all, &m_imported}) {
        Figures& figures = part->figures;
        figures.hits = std::min(figures.violations, Figures::mostHits * figures.checksWithViolations);
    }
}

void Rollup::merge(const Rollup& other)
{
    m_all.figures += other.m_all.figures;
    m_all.durations.merge(other.m_all.durations);
    m_imported.figures += other.m_imported.figures;
    m_imported.durations.merge(other.m_imported.durations);
    m_users.merge(other.m_users);
    m_sessions.merge(other.m_sessions);
}

Rollup::Part Rollup::live() const
{
    Part part{m_all.figures, m_all.durations.without(m_imported.durations)};
    part.figures -= m_imported.figures;
    return part;
}

std::size_t Rollup::bytes() const
{
    return sizeof(Rollup) + m_all.durations.bytes() + m_imported.durations.bytes() + m_users.bytes() +
           m_sessions.bytes();
}

QByteArray Rollup::encode() const
{
    ByteWriter writer;
    writer.number(codecVersion);
    write(writer);
    seal(writer, hashOf(m_all.figures));
    return writer.bytes();
}

std::optional<Rollup> Rollup::decode(const Figures& figures, QByteArrayView bytes)
{
    const auto content = unseal(bytes, hashOf(figures));
    if (!content)
        return std::nullopt;
    ByteReader reader(*content);
    if (reader.number() != codecVersion)
        return std::nullopt;
    Rollup rollup = read(figures, reader);
    const bool areCounts = figures.areCounts() && rollup.m_imported.figures.areCounts();
    if (!reader.isGood() || !reader.isAtEnd() || !areCounts)
        return std::nullopt;
    return rollup;
}

void Rollup::write(ByteWriter& writer) const
{
    m_all.durations.write(writer);
    m_imported.figures.write(writer);
    m_imported.durations.write(writer);
    m_users.write(writer);
    m_sessions.write(writer);
}

Rollup Rollup::read(const Figures& figures, ByteReader& reader)
{
    Rollup rollup;
    rollup.m_all.figures = figures;
    rollup.m_all.durations = DurationHistogram::read(reader);
    rollup.m_imported.figures = Figures::read(reader);
    rollup.m_imported.durations = DurationHistogram::read(reader);
    rollup.m_users = DistinctSet::read(reader);
    rollup.m_sessions = DistinctSet::read(reader);
    return rollup;
}

QByteArray encode(const Figures& figures)
{
    ByteWriter writer;
    figures.write(writer);
    seal(writer, figuresVersion);
    return writer.bytes();
}

std::optional<Figures> decodeFigures(QByteArrayView bytes)
{
    const auto content = unseal(bytes, figuresVersion);
    if (!content)
        return std::nullopt;
    ByteReader reader(*content);
    const Figures figures = Figures::read(reader);
    const bool isGood = reader.isGood() && reader.isAtEnd() && figures.areCounts();
    return isGood ? std::optional(figures) : std::nullopt;
}

} // namespace prism::analytics
