#include "server/analytics/rollup.h"

#include "server/analytics/byte_codec.h"
#include "server/analytics/stable_hash.h"

#include <algorithm>

namespace prism::analytics {

using protocol::Check;
using protocol::Retro;
using protocol::Violation;

namespace {

constexpr quint64 codecVersion = 1;
constexpr qsizetype sealSize = 8;

/// The bytes are followed by their hash, so that no damage is taken for numbers.
void seal(ByteWriter& writer, quint64 context)
{
    const quint64 hash = stableHash(writer.bytes()) ^ context;
    writer.words(&hash, 1);
}

/// What was sealed; nothing when the seal is broken.
std::optional<QByteArrayView> unseal(QByteArrayView bytes, quint64 context)
{
    if (bytes.size() < sealSize)
        return std::nullopt;
    const QByteArrayView content = bytes.chopped(sealSize);
    quint64 hash = 0;
    ByteReader(bytes.last(sealSize)).words(&hash, 1);
    return hash == (stableHash(content) ^ context) ? std::optional(content) : std::nullopt;
}

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
    m_all.durations.add(check.duration);
    if (imported) {
        m_imported.figures.add(check);
        m_imported.durations.add(check.duration);
    }
    m_users.add(check.user);
    m_sessions.add(check.session);
    countPrinciples(check, 1);
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
    }
    countPrinciples(before, -1);
    countPrinciples(after, 1);
}

void Rollup::countPrinciples(const Check& check, int sign)
{
    for (const Violation& violation : check.violations) {
        Principle* known = principle(violation.principleId);
        if (!known)
            continue;
        known->name = std::max(known->name, violation.principleName);
        known->count += violation.falsePositive ? 0 : sign;
    }
}

Rollup::Principle* Rollup::principle(const QString& id)
{
    const auto known = m_principles.find(id);
    if (known != m_principles.end())
        return &known->second;
    return m_principles.size() < mostPrinciples ? &m_principles[id] : nullptr;
}

void Rollup::merge(const Rollup& other)
{
    m_all.figures += other.m_all.figures;
    m_all.durations.merge(other.m_all.durations);
    m_imported.figures += other.m_imported.figures;
    m_imported.durations.merge(other.m_imported.durations);
    m_users.merge(other.m_users);
    m_sessions.merge(other.m_sessions);
    for (const auto& [id, theirs] : other.m_principles) {
        if (Principle* mine = principle(id)) {
            mine->name = std::max(mine->name, theirs.name);
            mine->count += theirs.count;
        }
    }
}

Rollup::Part Rollup::live() const
{
    Part part{m_all.figures, m_all.durations.without(m_imported.durations)};
    part.figures -= m_imported.figures;
    return part;
}

std::vector<PrincipleCount> Rollup::topPrinciples(std::size_t limit) const
{
    std::vector<PrincipleCount> top;
    for (const auto& [id, principle] : m_principles) {
        if (principle.count > 0)
            top.push_back({id, principle.name, principle.count});
    }
    const auto middle = top.begin() + std::ptrdiff_t(std::min(limit, top.size()));
    std::partial_sort(top.begin(), middle, top.end(), [](const PrincipleCount& a, const PrincipleCount& b) {
        return a.count != b.count ? a.count > b.count : a.id < b.id;
    });
    top.erase(middle, top.end());
    return top;
}

std::size_t Rollup::bytes() const
{
    constexpr std::size_t perPrinciple = 200;
    return sizeof(Rollup) + m_all.durations.bytes() + m_imported.durations.bytes() + m_users.bytes() +
           m_sessions.bytes() + perPrinciple * m_principles.size();
}

QByteArray Rollup::encode() const
{
    ByteWriter writer;
    writer.number(codecVersion);
    m_all.durations.write(writer);
    m_imported.figures.write(writer);
    m_imported.durations.write(writer);
    writePrinciples(writer);
    m_users.write(writer);
    m_sessions.write(writer);
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
    Rollup rollup;
    rollup.m_all.figures = figures;
    rollup.m_all.durations = DurationHistogram::read(reader);
    rollup.m_imported.figures = Figures::read(reader);
    rollup.m_imported.durations = DurationHistogram::read(reader);
    rollup.readPrinciples(reader);
    rollup.m_users = DistinctSet::read(reader);
    rollup.m_sessions = DistinctSet::read(reader);
    if (!reader.isGood() || !reader.isAtEnd())
        return std::nullopt;
    return rollup;
}

void Rollup::writePrinciples(ByteWriter& writer) const
{
    writer.number(m_principles.size());
    for (const auto& [id, principle] : m_principles) {
        writer.text(id);
        writer.text(principle.name);
        writer.signedNumber(principle.count);
    }
}

void Rollup::readPrinciples(ByteReader& reader)
{
    constexpr std::size_t smallest = 3;
    const std::size_t count = reader.count(smallest);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        const QString id = reader.text();
        const QString name = reader.text();
        Principle& principle = m_principles.try_emplace(m_principles.end(), id)->second;
        principle.name = std::max(principle.name, name);
        principle.count += reader.signedNumber();
    }
}

QByteArray encode(const Figures& figures)
{
    ByteWriter writer;
    figures.write(writer);
    seal(writer, codecVersion);
    return writer.bytes();
}

std::optional<Figures> decodeFigures(QByteArrayView bytes)
{
    const auto content = unseal(bytes, codecVersion);
    if (!content)
        return std::nullopt;
    ByteReader reader(*content);
    const Figures figures = Figures::read(reader);
    return reader.isGood() && reader.isAtEnd() ? std::optional(figures) : std::nullopt;
}

} // namespace prism::analytics
